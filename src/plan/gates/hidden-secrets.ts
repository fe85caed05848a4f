import { sha256 } from '../../core/digest.js';
import type { Gate } from '../gate.js';

/** What an inventory puts in a secret's place. */
const HIDDEN = '***';

export const hiddenSecrets: Gate = {
  id: 'hidden-secrets',
  title: 'No file that is rewritten holds a secret',
  why: 'Secrets are never read into a plan. A file rewritten from what was read would lose its own: a proxy password in an environment file, registry credentials in config.toml.',
  links: [],
  check({ inventory: { files }, conversion }) {
    return conversion.files.flatMap(({ path, content }) => {
      const before = files.known ? files.value[path] : undefined;
      const whole = before?.exists !== true || sha256(before.content) === before.sha256;
      if (whole && !content.includes(HIDDEN)) return [];
      return [
        {
          level: 'blocker' as const,
          message: `${path} is to be rewritten and holds a secret, which a plan must not carry`,
          fix: 'move the secret to a file of its own (an EnvironmentFile, certs.d, an imagePullSecret), and plan again',
        },
      ];
    });
  },
};
