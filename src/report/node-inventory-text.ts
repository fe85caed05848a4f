import type { Colors } from 'picocolors/types.js';
import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import { cniLines } from './cni-lines.js';
import { criLines } from './cri-lines.js';
import { dockerLines } from './docker-lines.js';
import { kubeletLines } from './kubelet-lines.js';
import { sizeText } from './size-text.js';
import { unknownFacts } from './unknown-facts.js';
import { wrapText } from './wrap-text.js';

const LABEL = 12;

/** One node in detail. Expects names that are harmless to a terminal already. */
export function nodeInventoryText(inventory: NodeInventory, colors: Colors, width: number): string[] {
  const lines = [`${colors.bold(inventory.name)}  ${colors.dim(`looked at ${inventory.collectedAt}`)}`];
  const section = (label: string, texts: readonly string[], paint = colors.dim): void => {
    texts.forEach((text, index) => {
      const first = index === 0 ? label : '';
      const [line = '', ...rest] = wrapText(text, width, ' '.repeat(LABEL + 2));
      lines.push(`  ${paint(first)}${' '.repeat(Math.max(1, LABEL - first.length))}${line.trimStart()}`, ...rest);
    });
  };
  section('node', nodeLines(inventory));
  section('kubelet', kubeletLines(inventory));
  section('docker', dockerLines(inventory));
  section('containerd', containerdLines(inventory));
  section('cri', criLines(inventory));
  section('cni', cniLines(inventory));
  section('packages', packageLines(inventory));
  section('units', unitLines(inventory));
  section('files', fileLines(inventory));
  section('disks', diskLines(inventory));
  section('migrations', migrationLines(inventory));
  section('not known', unknownLines(inventory), colors.magenta);
  return lines;
}

/** One line for each reason: a host that does not answer leaves a dozen facts unknown. */
function unknownLines(inventory: NodeInventory): string[] {
  const byWhy = new Map<string, string[]>();
  for (const { what, why } of unknownFacts(inventory)) byWhy.set(why, [...(byWhy.get(why) ?? []), what]);
  return [...byWhy].map(([why, what]) => `${what.join(', ')}: ${why}`);
}

function nodeLines({ node, os, pods, kernel }: NodeInventory): string[] {
  const lines: string[] = [];
  if (node.known) {
    const ready = node.value.conditions.find((condition) => condition.type === 'Ready')?.status === 'True';
    const state = [ready ? 'Ready' : 'not Ready', node.value.unschedulable ? 'cordoned' : 'schedulable'];
    const bound = valueOf(pods)?.length;
    lines.push([...state, node.value.runtimeVersion, ...(bound === undefined ? [] : [`${bound} pods`])].join(', '));
  }
  if (os.known) {
    const cgroup = kernel.known ? `, cgroup v${kernel.value.cgroupVersion}` : '';
    lines.push(`${os.value.prettyName}, kernel ${os.value.kernel}, ${os.value.architecture}${cgroup}`);
  }
  return lines;
}

function containerdLines({ containerd }: NodeInventory): string[] {
  if (!containerd.known) return [];
  const { binary, version, effectiveConfig } = containerd.value;
  if (!version) return ['not installed'];
  return [`${version} at ${binary}${effectiveConfig === undefined ? ', its configuration does not load' : ''}`];
}

function packageLines({ packages }: NodeInventory): string[] {
  if (!packages.known) return [];
  const installed = Object.entries(packages.value.installed).map(([name, version]) => `${name} ${version}`);
  return [installed.length === 0 ? `${packages.value.manager}: no runtime packages` : installed.join(', ')];
}

function unitLines({ units }: NodeInventory): string[] {
  if (!units.known) return [];
  const names = Object.entries(units.value).filter(([, unit]) => unit.loadState !== 'not-found');
  const absent = Object.entries(units.value).flatMap(([name, unit]) => (unit.loadState === 'not-found' ? [name] : []));
  const lines = names.map(([name, unit]) => {
    const dropIns = unit.dropInPaths.length > 0 ? `, drop-ins ${unit.dropInPaths.join(' ')}` : '';
    return `${name}: ${unit.activeState} (${unit.subState}), ${unit.unitFileState}${dropIns}`;
  });
  return absent.length > 0 ? [...lines, `not there: ${absent.join(', ')}`] : lines;
}

function fileLines({ files }: NodeInventory): string[] {
  if (!files.known) return [];
  return Object.entries(files.value).flatMap(([path, file]) => (file.exists ? [path] : []));
}

const diskLines = ({ disks }: NodeInventory): string[] =>
  (valueOf(disks) ?? []).map(
    (disk) =>
      `${disk.path}: ${sizeText(disk.freeBytes)} free of ${sizeText(disk.totalBytes)} (${disk.fsType} at ${disk.mountPoint})`,
  );

function migrationLines({ migrations }: NodeInventory): string[] {
  if (!migrations.known) return [];
  const { lock, journals } = migrations.value;
  const lines = journals.map(({ planId, outcome, at }) => `${outcome} at ${at}, plan ${planId}`);
  if (lock !== undefined) lines.push(`locked by ${lock.owner} since ${lock.since}, plan ${lock.planId}`);
  return lines.length === 0 ? ['none'] : lines;
}
