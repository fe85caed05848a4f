import type { Conversion, GeneratedFile, ProposedManifest, SettingAnswer } from '../core/conversion.js';
import type { FileFacts } from '../core/inventory.js';
import type { Notice } from '../core/plan.js';

/** What `migrate config` tells: the conversion of one configuration, and nothing done. No secret is in it. */
export interface ConfigReport {
  /** What was read, as the user named it. */
  readonly from: string;
  /** `containerd 1.6`. */
  readonly target: string;
  /** `1.23`, or empty. */
  readonly kubelet: string;
  readonly files: readonly ConfigFile[];
  readonly settings: readonly SettingAnswer[];
  readonly manifests: readonly ProposedManifest[];
  readonly notices: readonly Notice[];
}

export interface ConfigFile extends GeneratedFile {
  /** What is there now; undefined where there is no such file. */
  readonly before: string | undefined;
}

export interface ConfigReportInput {
  readonly from: string;
  readonly target: string;
  readonly kubelet: string;
  readonly conversion: Pick<Conversion, 'files' | 'notices' | 'settings' | 'manifests'>;
  /** Of what was read. */
  readonly files: Readonly<Record<string, FileFacts>>;
  /** Takes the markers of secrets out of a text. */
  readonly masked: (text: string) => string;
}

/** The report of a conversion; files in the order of their paths. */
export function configReport({ conversion, files, masked, ...named }: ConfigReportInput): ConfigReport {
  return {
    ...named,
    files: conversion.files
      .map((file): ConfigFile => {
        const there = files[file.path];
        return {
          ...file,
          content: masked(file.content),
          before: there?.exists === true ? masked(there.content) : undefined,
        };
      })
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    settings: conversion.settings.map((setting) => ({
      ...setting,
      value: maskedValue(setting.value, masked),
      target: masked(setting.target),
      note: masked(setting.note),
    })),
    manifests: conversion.manifests.map((manifest) => ({ ...manifest, content: masked(manifest.content) })),
    notices: conversion.notices.map((notice) => ({
      ...notice,
      message: masked(notice.message),
      fix: masked(notice.fix),
    })),
  };
}

function maskedValue(value: unknown, masked: (text: string) => string): unknown {
  if (typeof value === 'string') return masked(value);
  if (Array.isArray(value)) return value.map((item: unknown) => maskedValue(item, masked));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [masked(key), maskedValue(inner as unknown, masked)]),
  );
}
