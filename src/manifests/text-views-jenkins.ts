/** The path of the host that a volume of Jenkins' Kubernetes plugin has, in UTF-16 code units of the text. */
export interface JenkinsVolume {
  readonly written: string;
  readonly offset: number;
}

/** Pipelines and Job DSL, Groovy of init scripts, and config.xml; in YAML they are structure. */
const VOLUMES: readonly RegExp[] = [
  /\bhostPathVolume\s*\(?[^()]{0,300}?\bhostPath\s*:\s*(?<quote>['"])(?<path>[^'"\r\n]{1,300})\k<quote>/dg,
  /\bnew\s+HostPathVolume\s*\(\s*(?<quote>['"])(?<path>[^'"\r\n]{1,300})\k<quote>/dg,
  /<hostPath>\s*(?<path>[^<>\r\n]{1,300}?)\s*<\/hostPath>/dg,
];

/** https://plugins.jenkins.io/kubernetes/: volumes that a text gives to the pods of builds. */
export function jenkinsVolumes(text: string): JenkinsVolume[] {
  if (!/host_?path/i.test(text)) return [];
  return VOLUMES.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ index, groups, indices }) => {
      const written = groups?.path;
      const offset = indices?.groups?.path?.[0];
      return written === undefined || offset === undefined || isComment(text, index) ? [] : [{ written, offset }];
    }),
  );
}

/** `//`, `*` in a block and `<!--` before it on its line. */
function isComment(text: string, index: number): boolean {
  const near = text.slice(Math.max(0, index - 200), index);
  return /^\s*(?:\/\/|\*|\/\*|<!--)/.test(near.slice(near.lastIndexOf('\n') + 1));
}
