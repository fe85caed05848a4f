export interface ImageName {
  /** With its registry, in lower case. */
  readonly repository: string;
  readonly tag: string | undefined;
}

/**
 * Takes an image apart without a judgement of it: placeholders such as `${REGISTRY}/datadog/agent:{{ .Values.tag }}` are no
 * references, yet tell the product.
 */
export function imageName(image: string): ImageName {
  const at = image.indexOf('@');
  const name = at === -1 ? image : image.slice(0, at);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  if (colon === -1) return { repository: name.toLowerCase(), tag: undefined };
  return { repository: name.slice(0, colon).toLowerCase(), tag: name.slice(colon + 1) };
}
