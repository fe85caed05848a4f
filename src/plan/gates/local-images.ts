import { imagesInUse } from '../../config/node/images-in-use.js';
import type { Gate } from '../gate.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';

export const localImages: Gate = {
  id: 'local-images',
  title: 'Images that no registry has reach the new runtime',
  why: 'CRI-O has no way to load an image from a file: skopeo puts it into its store. Without skopeo CRI-O pulls what its registries have, and an image that was built or loaded on the node is in none.',
  links: ['https://github.com/containers/skopeo/blob/main/install.md'],
  leavingDocker: true,
  check: ({ inventory, conversion, options }) => {
    if (options.target !== 'crio') return [];
    const { packages, docker } = inventory;
    if (!docker.known) return [notKnown('whether Docker has images that no registry has', docker.why)];
    if (!packages.known) return [notKnown('whether skopeo is installed', packages.why)];
    if (packages.value.installed['skopeo'] !== undefined) return [];
    const images = imagesInUse(inventory, conversion.sandboxImage);
    if (images.length === 0) return [];
    const fix = 'install skopeo on the node, which disturbs nothing, and plan again';
    const local = images.filter(({ digests }) => digests.length === 0).flatMap(({ tags }) => tags);
    if (local.length === 0) {
      const message = `no package has brought skopeo: unless it is there otherwise, CRI-O pulls ${images.length} images from their registries, and the kubelet those that need credentials`;
      return [{ level: 'warning', message, fix }];
    }
    const message = `no registry is known to have ${nameList(local)}, and no package has brought skopeo to carry them over with`;
    // A skopeo without a package is not known of, and the stage looks before anything is touched.
    const level = packages.value.manager === 'none' ? 'warning' : 'blocker';
    return [{ level, message, fix }];
  },
};
