import type { ShellCommand } from '../../manifests/shell-command.js';

export interface UnitCommand {
  /** To begin a sentence: `systemctl restart docker`. */
  readonly shown: string;
  /** It takes Docker out of service, as a migration does. */
  readonly isFarewell: boolean;
}

const DOCKER = /^docker(?:\.service|\.socket)?$/;
const FAREWELLS: ReadonlySet<string> = new Set(['stop', 'disable', 'mask', 'kill', 'reset-failed']);

/** A command that starts, stops, asks or reads the unit of dockerd. */
export function dockerUnitCommand({ name, words }: ShellCommand): UnitCommand | undefined {
  const at = words.findIndex((word) => word === name || word.endsWith(`/${name}`));
  const rest = at === -1 ? words : words.slice(at + 1);
  const plain = rest.filter((word) => !word.startsWith('-'));
  switch (name) {
    case 'systemctl': {
      const [verb = '', ...units] = plain;
      const unit = units.find((word) => DOCKER.test(word));
      return unit === undefined ? undefined : { shown: `systemctl ${verb} ${unit}`, isFarewell: FAREWELLS.has(verb) };
    }
    case 'service':
    case 'rc-service':
    case 'invoke-rc.d':
    case 'chkconfig':
    case 'update-rc.d':
      return plain[0] === 'docker'
        ? { shown: `${name} docker ${plain[1] ?? ''}`.trim(), isFarewell: plain[1] === 'stop' }
        : undefined;
    case 'rc-update':
    case 'initctl':
    case 'snap':
      return plain[1] === 'docker' && plain[0] !== 'install'
        ? { shown: `${name} ${plain[0] ?? ''} docker`, isFarewell: plain[0] === 'stop' }
        : undefined;
    case 'docker':
      return words.some((word) => /init\.d\/docker$/.test(word))
        ? { shown: '/etc/init.d/docker', isFarewell: rest[0] === 'stop' }
        : undefined;
    case 'journalctl':
      return readsJournal(rest) ? { shown: 'journalctl -u docker', isFarewell: false } : undefined;
    case 'Restart-Service':
    case 'Start-Service':
    case 'Stop-Service':
    case 'Get-Service':
      return plain.includes('docker') ? { shown: `${name} docker`, isFarewell: name === 'Stop-Service' } : undefined;
    default:
      return undefined;
  }
}

function readsJournal(words: readonly string[]): boolean {
  return words.some((word, at) => {
    if (
      /^(?:-u|--unit=|_SYSTEMD_UNIT=)docker(?:\.service)?$/.test(word) ||
      /^(?:_COMM|SYSLOG_IDENTIFIER)=dockerd$/.test(word)
    )
      return true;
    return (
      (word === '--unit' || word === '-t' || /^-\w*u$/.test(word)) &&
      /^docker(?:d|\.service)?$/.test(words[at + 1] ?? '')
    );
  });
}
