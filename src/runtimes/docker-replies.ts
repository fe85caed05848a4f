import { z } from 'zod';

/** Go writes an empty slice or map as `null` or leaves it out. */
const list = <T>(item: z.ZodType<T>) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
const map = <T>(value: z.ZodType<T>) =>
  z
    .record(z.string(), value)
    .nullish()
    .transform((entries) => entries ?? {});
const text = z.string().catch('');
const apiVersion = z
  .string()
  .regex(/^\d+\.\d+$/)
  .or(z.literal(''))
  .default('');

/** The replies of the Docker Engine API, cut down to what is read, over all versions from 1.24. */
export const dockerReplies = {
  version: z.object({ Version: text, ApiVersion: apiVersion, MinAPIVersion: apiVersion }),
  info: z.object({
    DockerRootDir: z.string(),
    Driver: z.string(),
    CgroupDriver: z.string().default('cgroupfs'),
    // Since API 1.41; engines before that knew only version 1.
    CgroupVersion: z.string().default('1'),
    LoggingDriver: text,
    LiveRestoreEnabled: z.boolean().default(false),
    DefaultRuntime: text,
    Runtimes: map(z.object({ path: text })),
    Swarm: z
      .object({ LocalNodeState: text })
      .nullish()
      .transform((swarm) => swarm?.LocalNodeState || 'inactive'),
    SecurityOptions: list(z.string()),
    RegistryConfig: z
      .object({
        Mirrors: list(z.string()),
        InsecureRegistryCIDRs: list(z.string()),
        IndexConfigs: map(z.object({ Secure: z.boolean().default(true) })),
      })
      .nullish(),
    // Since API 1.46.
    Containerd: z.object({ Address: text }).nullish(),
  }),
  containers: z.array(z.object({ Id: z.string() })),
  container: z.object({
    Id: z.string(),
    Name: z.string(),
    Image: z.string(),
    Path: text,
    Args: list(z.string()),
    State: z.object({
      Status: z.string(),
      Running: z.boolean(),
      StartedAt: text,
      Pid: z.number().catch(0),
    }),
    Config: z.object({ Image: z.string(), Labels: map(z.string()) }),
    HostConfig: z.object({
      RestartPolicy: z
        .object({ Name: text })
        .nullish()
        .transform((policy) => policy?.Name || 'no'),
    }),
  }),
  images: z.array(
    z.object({ Id: z.string(), RepoTags: list(z.string()), RepoDigests: list(z.string()), Size: z.number() }),
  ),
  image: z.object({ RootFS: z.object({ Layers: list(z.string()) }) }).transform((image) => image.RootFS.Layers),
  volumes: z.object({ Volumes: list(z.object({ Name: z.string() })) }),
  nothing: z.unknown().transform(() => undefined),
} as const;
