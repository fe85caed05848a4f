import { fileURLToPath } from 'node:url';
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

export type CriApiName = 'runtime.v1' | 'runtime.v1alpha2';

/** The same distance from `src/runtimes` as from `dist/runtimes`. */
const PROTO_DIRECTORY = fileURLToPath(new URL('../../proto', import.meta.url));

let loaded: ReturnType<typeof loadSync> | undefined;

/** How to call `RuntimeService/Version` and the like under either name of the interface. */
export function criMethods(api: CriApiName): (method: string) => MethodDefinition<object, object> {
  // This file imports the other one.
  loaded ??= loadSync('runtime-v1alpha2.proto', {
    includeDirs: [PROTO_DIRECTORY],
    defaults: true,
    enums: String,
    longs: Number,
  });
  const packages = loaded;
  return (method) => {
    const [service = '', name = ''] = method.split('/');
    const definition = (packages[`${api}.${service}`] as ServiceDefinition | undefined)?.[name];
    if (definition === undefined) throw new TypeError(`${api} has no ${method}`);
    return definition as MethodDefinition<object, object>;
  };
}
