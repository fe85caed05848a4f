import { describe, expect, it } from 'vitest';
import { customList } from '../../src/scan/custom-lists.js';

const version = (name: string, rest: object = {}, properties: object = { template: { type: 'object' } }) => ({
  name,
  served: true,
  storage: false,
  schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } },
  ...rest,
});
const definition = (spec: object) => ({
  spec: { group: 'ci.example.com', names: { kind: 'Runner', plural: 'runners' }, ...spec },
});
const versionsOf = (spec: object) => customList(definition(spec))?.versions;

describe('customList', () => {
  it('is the list of the version in which objects are stored', () => {
    const versions = [version('v1alpha1'), version('v1', { storage: true }), version('v2beta1')];
    expect(customList(definition({ versions }))).toEqual({
      kind: 'Runner',
      group: 'ci.example.com',
      resource: 'runners',
      versions: ['v1'],
    });
    expect(versionsOf({ versions: [version('v1', { storage: true, served: false }), version('v2')] })).toEqual(['v2']);
    expect(versionsOf({ versions: [version('v1', { served: false })] })).toBeUndefined();
  });

  it('leaves out what cannot hold a pod or the set-up of a machine', () => {
    const closed = { holder: { type: 'string', description: 'the template' } };
    expect(versionsOf({ versions: [version('v1', {}, closed)] })).toBeUndefined();
    for (const field of ['containers', 'volumes', 'criSocket', 'kubeletConfiguration']) {
      expect(versionsOf({ versions: [version('v1', {}, { [field]: {} })] })).toEqual(['v1']);
    }
    const open = { values: { 'x-kubernetes-preserve-unknown-fields': true } };
    expect(versionsOf({ versions: [version('v1', {}, open)] })).toEqual(['v1']);
  });

  it('knows definitions of v1beta1, and takes what has no schema for open', () => {
    const validation = { openAPIV3Schema: { properties: { spec: { properties: { holder: { type: 'string' } } } } } };
    expect(versionsOf({ version: 'v1', validation })).toBeUndefined();
    expect(versionsOf({ version: 'v1', validation, preserveUnknownFields: true })).toEqual(['v1']);
    expect(versionsOf({ version: 'v1' })).toEqual(['v1']);
  });

  it.each([undefined, null, {}, { spec: {} }, { spec: { group: 'a' } }])('is none for %j', (given) => {
    expect(customList(given)).toBeUndefined();
  });
});
