import { mustGo, RUNTIME_FLAGS } from './dockershim-flags.js';
import { parseKubeletFlags, type FlagToken } from './kubelet-flags.js';
import { understood, type Parsed } from '../text/parsed.js';
import { applySplices, type Splice } from '../text/splice.js';
import type { RuntimeTarget } from '../runtime-intent.js';
import type { Version } from '../version.js';

export interface FlagRules {
  readonly kubelet: Version;
  readonly endpoint: string;
  /** `/system.slice/containerd.service`. */
  readonly runtimeCgroups: string;
  /** Where the flags that choose the runtime go, if they go into this text. */
  readonly place: 'front' | 'back' | 'elsewhere';
  readonly target: RuntimeTarget['kind'];
  /** The kubelet has the endpoint from its configuration, and no flag is to come. */
  readonly endpointInConfig: boolean;
  /** Further flags that the kubelet is to have and has not. */
  readonly added: readonly (readonly [name: string, value: string])[];
}

type Flag = readonly [name: string, value: string];

export interface FlagRewrite {
  readonly text: string;
  readonly splices: readonly Splice[];
}

/** Takes a kubelet's flags from dockershim to a remote runtime. Flags it does not know keep their place and spelling. */
export function rewriteKubeletFlags(text: string, rules: FlagRules): Parsed<FlagRewrite> {
  const parsed = parseKubeletFlags(text);
  if (!parsed.ok) return parsed;
  const { tokens } = parsed.value;
  const wanted = rules.place === 'elsewhere' ? [] : [...runtimeFlags(rules), ...rules.added];
  const fates = fatesOf(tokens, wanted, rules);

  const splices: Splice[] = [];
  const missing = wanted.filter(([name]) => !tokens.some((token) => token.name === name)).map(asFlag);
  const kept = tokens.filter((token) => fates.get(token) !== 'remove');
  if (missing.length > 0) splices.push(insertion(text, tokens, kept, missing.join(' '), rules.place));

  tokens.forEach((token, index) => {
    const fate = fates.get(token);
    if (fate === undefined) return;
    if (fate !== 'remove') splices.push({ start: token.start, end: token.end, text: fate });
    // Goes with the white space before it, or, at the very front, with that after it.
    else if (tokens.slice(0, index).some((before) => fates.get(before) !== 'remove')) {
      splices.push({ start: token.start - token.gap.length, end: token.end, text: '' });
    } else splices.push({ start: token.start, end: tokens[index + 1]?.start ?? token.end, text: '' });
  });
  return understood({ text: applySplices(text, splices), splices });
}

/** The flags by which a kubelet of this version is told its runtime. */
function runtimeFlags({ kubelet, endpoint, endpointInConfig }: FlagRules): Flag[] {
  // From 1.24 on there is nothing else to choose, and 1.27 does not know the flag any more.
  const remote: Flag[] = kubelet.minor <= 23 ? [['container-runtime', 'remote']] : [];
  return endpointInConfig ? remote : [...remote, ['container-runtime-endpoint', endpoint]];
}

const asFlag = ([name, value]: Flag): string => `--${name}=${value}`;

/** What becomes of each token that does not stay: its new text, or removal. */
function fatesOf(tokens: readonly FlagToken[], wanted: readonly Flag[], rules: FlagRules): Map<FlagToken, string> {
  const fates = new Map<FlagToken, string>();
  const placed = new Set<string>();
  for (const token of tokens) {
    const { name, value } = token;
    if (name === undefined) continue;
    const target = wanted.find(([flag]) => flag === name);
    if (target !== undefined && !placed.has(name)) {
      placed.add(name);
      if (value !== target[1]) fates.set(token, asFlag(target));
    } else if (RUNTIME_FLAGS.has(name) || mustGo(name, rules.kubelet, rules.target)) fates.set(token, 'remove');
    else if (name === 'runtime-cgroups' && /docker/.test(value ?? '') && rules.target !== 'cri-dockerd') {
      fates.set(token, asFlag([name, rules.runtimeCgroups]));
    }
  }
  return fates;
}

function insertion(
  text: string,
  tokens: readonly FlagToken[],
  kept: readonly FlagToken[],
  flags: string,
  place: FlagRules['place'],
): Splice {
  if (place === 'front') {
    const at = tokens[0]?.start ?? 0;
    return { start: at, end: at, text: kept.length > 0 ? `${flags} ` : flags };
  }
  const at = tokens.at(-1)?.end ?? text.length;
  return { start: at, end: at, text: kept.length > 0 ? ` ${flags}` : flags };
}
