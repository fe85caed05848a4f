/** What a probe throws when waiting longer cannot help. */
export class GivenUp extends Error {}
