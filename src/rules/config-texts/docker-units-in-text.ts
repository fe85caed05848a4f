import type { TextStretch } from './text-stretch.js';

const UNIT = /\bdocker\.(?:service|socket)\b(?![.\w-])/g;
const LINE = 400;

/**
 * Filters and lists that name docker.service, in a configuration with its comments blanked. Paths of unit files, cgroups
 * and the relations between units are other matters; so are what a record is called (`tag`, `pos_file`) and what is left out.
 */
export function* dockerUnitsInText(text: string): Iterable<TextStretch> {
  for (const match of text.matchAll(UNIT)) {
    const { index } = match;
    if (/[/\w.-]/.test(text[index - 1] ?? ' ')) continue;
    const near = text.slice(Math.max(0, index - LINE), index);
    const before = near.slice(near.lastIndexOf('\n') + 1);
    if (/^\s*(?:\w*tag|@id|pos_file|path|description|message|name|add_tag_prefix|<\w+)\b/i.test(before)) continue;
    if (/^\s*(?:Requires|Requisite|BindsTo|PartOf|After|Before|Wants|WantedBy|Upholds|Conflicts)\s*=/.test(before))
      continue;
    // A label of a metric is a matter of docker-metric.
    if (/exclude|ignore|drop/i.test(before) || /[{,]\s*\w+[=!]~?\\?"[^"]*$/.test(before)) continue;
    yield { offset: index, length: match[0].length };
  }
}
