/** An address as a finding may show it: without a user and a password. */
export function withoutLogin(address: string): string {
  return address.replace(/\/\/[^/@\s]*@/g, '//');
}
