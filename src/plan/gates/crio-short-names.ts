import { registriesSources } from '../../config/crio/registries-sources.js';
import type { Gate } from '../gate.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const crioShortNames: Gate = {
  id: 'crio-short-names',
  title: 'Images without a registry are the same as under Docker',
  why: "Under Docker an image without a registry is Docker Hub's. containers/image, by which CRI-O pulls, looks for it among aliases first, which distributions bring along: fedora is then registry.fedoraproject.org/fedora.",
  links: ['https://github.com/containers/shortnames'],
  check: ({ inventory: { files, pods }, options }) => {
    if (options.target !== 'crio' || !files.known) return [];
    const aliases = new Map(registriesSources(files.value, '').sources.flatMap((one) => Object.entries(one.aliases)));
    const elsewhere = [...aliases].filter(([name, target]) => target !== '' && !isSame(name, target));
    if (elsewhere.length === 0) return [];
    if (!pods.known) return [notKnown('whether pods have images without a registry', pods.why)];
    return elsewhere.flatMap(([name, target]) => {
      const using = pods.value.filter(({ images }) => images.some((image) => withoutTag(image) === name));
      if (using.length === 0) return [];
      const message = `CRI-O pulls ${target} for the image ${name} of ${nameList(using.map(podName))}, and Docker pulled ${hubName(name)}`;
      return [
        {
          level: 'warning' as const,
          message,
          fix: `write ${hubName(name)} in these pods, or what they are meant to have`,
        },
      ];
    });
  },
};

const isSame = (name: string, target: string): boolean => target === hubName(name);

const hubName = (name: string): string => (name.includes('/') ? `docker.io/${name}` : `docker.io/library/${name}`);

const withoutTag = (image: string): string => image.replace(/@.*$/, '').replace(/:[\w.-]+$/, '');
