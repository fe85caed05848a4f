import type { NextBytes, Word, Words } from '../rules/rule.js';

const REGISTRY = Buffer.from('.io/');

/** Half of all images come from `docker.io/`, which depends on nothing. */
const notTheRegistry: NextBytes = (bytes, offset) => REGISTRY.some((byte, index) => bytes[offset + index] !== byte);

const DOCKER: Word = { word: 'docker', next: notTheRegistry };

const searched = (word: Word): Word => (word === 'docker' ? DOCKER : word);

/** The words of rules as they are searched for. */
export const searchedWords = (words: Words): Words =>
  words.map((one) => (typeof one === 'object' && !('word' in one) ? one.map(searched) : searched(one)));
