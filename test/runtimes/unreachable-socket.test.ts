import { expect, it } from 'vitest';
import { unreachableSocket } from '../../src/runtimes/unreachable-socket.js';

it.each([
  ['ENOENT', 'unreachable', 'the socket does not exist'],
  ['ECONNREFUSED', 'unreachable', 'nobody listens on the socket'],
  ['EACCES', 'denied', 'no permission to open the socket'],
  ['ENOTSOCK', 'unreachable', 'the path is not a socket'],
  ['ECONNRESET', 'unreachable', 'read ECONNRESET'],
])('tells %s apart', (code, kind, sentence) => {
  const error = unreachableSocket('Docker at /run/docker.sock', Object.assign(new Error(`read ${code}`), { code }));
  expect(error).toMatchObject({ code: kind, message: `Docker at /run/docker.sock: ${sentence}` });
});
