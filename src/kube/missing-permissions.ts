import { z } from 'zod';
import type { ApiServer } from './api-server.js';
import { lenient } from './lenient.js';
import { parseObject } from './parse-object.js';
import { statusError } from './status-error.js';

interface Need {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
}

const NEEDS: readonly Need[] = [
  { verb: 'get', group: '', resource: 'nodes' },
  { verb: 'list', group: '', resource: 'nodes' },
  { verb: 'patch', group: '', resource: 'nodes' },
  { verb: 'get', group: '', resource: 'pods' },
  { verb: 'list', group: '', resource: 'pods' },
  { verb: 'create', group: '', resource: 'pods', subresource: 'eviction' },
  { verb: 'get', group: '', resource: 'namespaces' },
  { verb: 'get', group: 'apps', resource: 'daemonsets' },
  { verb: 'list', group: 'policy', resource: 'poddisruptionbudgets' },
  { verb: 'list', group: 'storage.k8s.io', resource: 'volumeattachments' },
  { verb: 'list', group: 'node.k8s.io', resource: 'runtimeclasses' },
];

const review = z.object({ status: lenient.object({ allowed: lenient.flag }) });

/** What the user may not do and a migration needs, in all namespaces: `create pods/eviction`. */
export async function missingPermissions(server: ApiServer): Promise<readonly string[]> {
  const names = await Promise.all(
    NEEDS.map(async (need) => {
      const call = {
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: need },
        },
        action: 'create selfsubjectaccessreviews',
        subject: '',
      } as const;
      const answer = await server.call(call);
      if (answer.status !== 200 && answer.status !== 201) throw statusError(answer, call, server.access);
      const { allowed } = parseObject(review, answer.body, 'SelfSubjectAccessReview').status;
      return allowed
        ? []
        : [`${need.verb} ${need.resource}${need.subresource === undefined ? '' : `/${need.subresource}`}`];
    }),
  );
  return names.flat();
}
