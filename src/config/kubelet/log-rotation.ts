/** Fields by which the kubelet rotates logs: dockershim left that to Docker, so their values have never been tried on a node. */
export const LOG_FIELDS = ['containerLogMaxFiles', 'containerLogMaxSize'] as const;

/**
 * Why a kubelet does not start with a value of one of them; undefined where it does. A size is a Kubernetes quantity that
 * comes to whole bytes: in `10m` the `m` stands for a thousandth.
 */
export function logFieldProblem(field: string, value: unknown): string | undefined {
  const text = String(value).trim();
  if (field === 'containerLogMaxFiles') {
    return /^[+-]?\d+$/.test(text) && Number(text) > 1 ? undefined : 'it has to be a whole number from 2 on';
  }
  if (field !== 'containerLogMaxSize' || /^[+-]?\d+(?:[KMGTPE]i|[kMGTPE]|[eE]\d+)?$/.test(text)) return undefined;
  // 1.5M is whole; 1.5Mi is kept as a fraction, and the kubelet takes none.
  const [, fraction = '', suffix = ''] = /^[+-]?\d*\.(\d*)([kMGTPE]?)$/.exec(text) ?? [];
  const digits = 3 * ' kMGTPE'.indexOf(suffix || ' ');
  if (text.includes('.') && /^[+-]?\d*\.\d*[kMGTPE]?$/.test(text) && fraction.replace(/0+$/, '').length <= digits) {
    return undefined;
  }
  return /^\d+m$/.test(text)
    ? `m stands for a thousandth there: ${text.replace('m', 'M')} or ${text.replace('m', 'Mi')} is meant`
    : 'it has to be a quantity of whole bytes: 10M, 10Mi';
}
