/** Where the kubelet or Docker keep what containers print; in texts with several paths any of them counts. */
export function isContainerLogPath(text: string): boolean {
  return /\/var\/log\/(?:containers|pods)\b|[/\\]docker[/\\]containers\b|[/\\]var[/\\]log[/\\](?:containers|pods)\b/i.test(
    text,
  );
}
