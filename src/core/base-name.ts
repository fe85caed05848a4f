/** What comes after a path's last slash. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
