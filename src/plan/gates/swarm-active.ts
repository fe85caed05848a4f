import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const swarmActive: Gate = {
  id: 'swarm-active',
  title: 'Docker is in no Swarm',
  why: "Swarm's services, secrets and overlay networks live in Docker and nowhere else; a member that goes away is rescheduled, and a manager that goes away may cost the quorum.",
  links: ['https://docs.docker.com/engine/swarm/swarm-mode/'],
  leavingDocker: true,
  check: ({ inventory: { docker } }) => {
    if (!docker.known) return [notKnown('whether Docker is in a Swarm', docker.why)];
    const { swarmState } = docker.value;
    if (swarmState === 'inactive' || swarmState === '') return [];
    return [
      {
        level: 'blocker',
        message: `Docker is a member of a Swarm (state: ${swarmState})`,
        fix: 'move its services elsewhere and leave the Swarm with `docker swarm leave`',
      },
    ];
  },
};
