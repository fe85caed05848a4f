import { MigrateError } from '../core/errors.js';

/** What it means that sudo, or the login shell before it, did not start a command. */
export function sudoFailure(host: string, said: string): MigrateError {
  const last = said.trim().split('\n').at(-1)?.trim() ?? '';
  const become = `Log in as root, or let the login user run every command with "NOPASSWD: ALL" in sudoers on ${host}.`;
  if (/a (?:terminal|password) is required|no password was provided|password is required/i.test(said)) {
    return new MigrateError('denied', `${host}: sudo asks for a password.`, { hint: become });
  }
  if (/not in the sudoers file|not allowed to (?:execute|run)|may not run sudo/i.test(said)) {
    return new MigrateError('denied', `${host}: sudo does not let the login user run commands as root.`, {
      hint: become,
    });
  }
  if (/must have a tty/i.test(said)) {
    return new MigrateError('denied', `${host}: sudo wants a terminal.`, {
      hint: `Take "requiretty" from the sudoers defaults of the login user on ${host}.`,
    });
  }
  if (/sudo(?:: |.* )(?:command )?not found|sudo: No such file|spawn sudo ENOENT/i.test(said)) {
    return new MigrateError('denied', `${host}: the login user is not root, and sudo is not installed.`, {
      hint: `Log in as root, or install sudo on ${host}.`,
    });
  }
  if (/account is (?:currently )?not available|nologin/i.test(said)) {
    return new MigrateError('denied', `${host}: the login user has no shell: ${last}`, {
      hint: 'Log in as another user.',
    });
  }
  return new MigrateError('denied', `${host}: commands cannot be started${last === '' ? '' : `: ${last}`}`, {
    hint: `Try by hand what "ssh" and "sudo -n -- sh -c id" say on ${host}.`,
  });
}
