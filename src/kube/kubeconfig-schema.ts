import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => (value === null || value === '' ? undefined : value));
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const entries = <S extends z.ZodType>(schema: S) =>
  z
    .array(schema)
    .nullish()
    .transform((value) => (value ?? []) as z.infer<S>[]);

/** The parts of a kubeconfig that lead to an API server. Users are looked into only when theirs is the turn. */
export const kubeconfigSchema = z.object({
  'current-context': text,
  clusters: entries(
    z.object({
      name: z.string(),
      cluster: z.object({
        server: text,
        'certificate-authority': text,
        'certificate-authority-data': text,
        'insecure-skip-tls-verify': flag,
        'tls-server-name': text,
        'proxy-url': text,
      }),
    }),
  ),
  contexts: entries(z.object({ name: z.string(), context: z.object({ cluster: text, user: text }).nullish() })),
  users: entries(
    z.object({
      name: z.string(),
      user: z
        .looseObject({
          token: text,
          tokenFile: text,
          username: text,
          password: text,
          as: text,
          'client-certificate': text,
          'client-certificate-data': text,
          'client-key': text,
          'client-key-data': text,
          exec: z
            .looseObject({
              command: z.string(),
              apiVersion: text,
              args: z.array(z.string()).nullish(),
              env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
              installHint: text,
              provideClusterInfo: flag,
            })
            .nullish(),
          'auth-provider': z.looseObject({ name: z.string() }).nullish(),
        })
        .nullish(),
    }),
  ),
});

export type Kubeconfig = z.infer<typeof kubeconfigSchema>;
