import { onTestFinished } from 'vitest';
import { kubeClient, type KubeClient } from '../../src/kube/kube-client.js';
import { fakeApiServer, type FakeApi, type FakeApiOptions } from '../fakes/api-server.js';
import { writeKubeconfig, type KubeconfigParts } from './write-kubeconfig.js';

/** A fake API server and a client of it, both gone with the test. */
export async function openClient(
  options: FakeApiOptions = {},
  parts: KubeconfigParts = {},
): Promise<{ api: FakeApi; client: KubeClient; kubeconfig: string }> {
  const api = await fakeApiServer(options);
  const kubeconfig = await writeKubeconfig(api.url, parts);
  const client = kubeClient({ kubeconfig }, {});
  onTestFinished(async () => {
    await client.close();
    await api.close();
  });
  return { api, client, kubeconfig };
}
