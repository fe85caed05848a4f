import { valueOf } from '../../core/fact.js';
import { strangeMarkers } from '../../core/secret-markers.js';
import type { Gate } from '../gate.js';

export const hiddenSecrets: Gate = {
  id: 'hidden-secrets',
  title: 'Every secret of a new file is at hand on the node',
  why: 'Secrets are never read into a plan: a new file has markers in their places, and the true ones are put in on the node, from the files they are in now. A marker of which no file is known could not be replaced, and the file would be written with a password that is none.',
  links: [],
  check({ inventory, conversion }) {
    const files = valueOf(inventory.files) ?? {};
    const present = Object.keys(files).filter((path) => files[path]?.exists === true);
    return conversion.files.flatMap(({ path, content }) => {
      if (strangeMarkers(content, present).length === 0) return [];
      return [
        {
          level: 'blocker' as const,
          message: `${path} is to hold a secret, and none of the files that were read has it`,
          fix: 'move the secret to a file that the unit or the kubelet names (an EnvironmentFile, a drop-in), and plan again',
        },
      ];
    });
  },
};
