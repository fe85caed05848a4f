import { parseText } from '../../src/manifests/parse-text.js';
import { subjectsOf, textSubjects, type Subject } from '../../src/manifests/subjects.js';
import type { ObjectView, PodView, TextView } from '../../src/manifests/views.js';

export interface Subjects {
  readonly objects: ObjectView[];
  readonly pods: PodView[];
  readonly texts: TextView[];
  readonly limits: string[];
}

/** All that is looked at in a file's text. */
export function subjectsIn(text: string): Subjects {
  const owner = { kind: 'File', name: 'some.yaml' };
  const { documents, texts } = parseText(text);
  const all: Subject[] = [
    ...documents.flatMap((document) => [...subjectsOf(document, owner)]),
    ...texts.flatMap((one) => [...textSubjects(one.text, one.role, one.source, owner)]),
  ];
  return {
    objects: all.flatMap((one) => (one.kind === 'object' ? [one.view] : [])),
    pods: all.flatMap((one) => (one.kind === 'pod' ? [one.view] : [])),
    texts: all.flatMap((one) => (one.kind === 'text' ? [one.view] : [])),
    limits: all.flatMap((one) => (one.kind === 'limit' ? [one.why] : [])),
  };
}

/** Host paths of all volumes, as they are normalised. */
export function hostPathsIn(text: string): string[] {
  return subjectsIn(text).pods.flatMap((pod) => pod.volumes.flatMap(({ hostPath }) => hostPath?.normal ?? []));
}
