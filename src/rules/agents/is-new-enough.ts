import { compareVersions, parseVersion } from '../../config/version.js';
import type { Agent } from './agent.js';
import { imageName } from './image-name.js';

/** Whether the tag says that the image is of a version that needs nothing; undefined when it does not tell, as with `latest`. */
export function isNewEnough(agent: Agent, image: string): boolean | undefined {
  const { tag } = imageName(image);
  if (agent.since === undefined || tag === undefined) return undefined;

  const text = agent.versionOf === undefined ? tag : agent.versionOf(tag);
  const needed = parseVersion(agent.since.version);
  if (text === undefined || needed === undefined) return undefined;
  const version = parseVersion(text);
  if (version !== undefined) return compareVersions(version, needed) >= 0;

  // `7` moves along with every 7.x, yet says that it is no 6.x.
  const major = /^v?(\d{1,3})(?:-[a-z]+)?$/.exec(text)?.[1];
  if (major === undefined || Number(major) === needed.major) return undefined;
  return Number(major) > needed.major;
}
