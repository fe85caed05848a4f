import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { missingRuntimeClasses } from '../../src/config/runtime-classes.js';
import { parseVersion } from '../../src/config/version.js';

test('a RuntimeClass for every handler that the cluster has none for', () => {
  const existing = [
    { name: 'gpu', handler: 'nvidia' },
    { name: 'kata', handler: 'kata-fc' },
  ];
  const manifests = missingRuntimeClasses(['runc', 'nvidia', 'runsc', 'kata', 'runsc', 'Not_A_Label'], existing);
  expect(manifests.map(({ content }) => parse(content) as unknown)).toEqual([
    { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'runsc' }, handler: 'runsc' },
    { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'kata-runtime' }, handler: 'kata' },
  ]);
  expect(manifests.map(({ name }) => name)).toEqual(['runsc', 'kata-runtime']);
});

test('none where the classes of the cluster are not known, or there is nothing but runc', () => {
  expect(missingRuntimeClasses(['runsc'], undefined)).toEqual([]);
  expect(missingRuntimeClasses(['runc'], [])).toEqual([]);
});

test('by the version that the cluster serves', () => {
  const [old] = missingRuntimeClasses(['runsc'], [], parseVersion('1.19.16'));
  expect(old?.content).toMatch(/^apiVersion: node\.k8s\.io\/v1beta1$/m);
  const [later] = missingRuntimeClasses(['runsc'], [], parseVersion('1.20.0'));
  expect(later?.content).toMatch(/^apiVersion: node\.k8s\.io\/v1$/m);
});
