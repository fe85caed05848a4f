import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const MANIFESTS = 10_000;
/** One in so many has a finding. */
export const MANIFESTS_A_FINDING = 100;
const A_FOLDER = 100;
const LENGTH = 9_200;

/** Ten thousand Deployments, 93 MB, as teams write them: secured, with ports above 1024, without a hostPath but in one in a hundred. */
export function manyManifests(folder: string): void {
  for (let index = 0; index < MANIFESTS; index += 1) {
    const place = join(folder, `team-${Math.floor(index / A_FOLDER)}`);
    if (index % A_FOLDER === 0) mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `app-${index}.yaml`), manifest(index));
  }
}

function manifest(index: number): string {
  const name = `app-${index}`;
  const lines = [
    'apiVersion: apps/v1',
    'kind: Deployment',
    `metadata: {name: ${name}, labels: {app: ${name}}}`,
    'spec:',
    '  replicas: 3',
    `  selector: {matchLabels: {app: ${name}}}`,
    '  template:',
    `    metadata: {labels: {app: ${name}}}`,
    '    spec:',
    '      securityContext:',
    '        runAsNonRoot: true',
    '        runAsUser: 1000',
    '      restartPolicy: Always',
    '      containers:',
  ];
  let length = 0;
  for (let at = 0; length < LENGTH; at += 1) {
    const container = [
      `      - name: part-${at}`,
      `        image: registry.example.com/${name}/part-${at}:1.${at}.0`,
      '        imagePullPolicy: IfNotPresent',
      '        command: ["/bin/part", "--serve", "--log=json"]',
      '        ports:',
      '        - name: http',
      '          containerPort: 8080',
      '        env:',
      `        - name: SETTING_${at}`,
      `          value: "some value of ${name}"`,
      '        - name: PASSWORD',
      '          valueFrom: {secretKeyRef: {name: database, key: password}}',
      '        resources:',
      '          requests: {cpu: 50m, memory: 64Mi}',
      '        livenessProbe:',
      '          httpGet: {path: /healthz, port: http}',
      '        volumeMounts:',
      '        - name: data',
      '          mountPath: /data',
    ];
    length += container.join('\n').length;
    lines.push(...container);
  }
  const volume = index % MANIFESTS_A_FINDING === 0 ? 'hostPath: {path: /var/run/docker.sock}' : 'emptyDir: {}';
  return [...lines, '      volumes:', '      - name: data', `        ${volume}`, ''].join('\n');
}
