import type { Word, Words } from '../rules/rule.js';
import { listedWords } from './listed-words.js';

/** Half of all images come from `docker.io/`, which depends on nothing. */
const DOCKER: Word = { word: 'docker', next: 'no-registry' };

const searched = (word: Word): Word => (word === 'docker' ? DOCKER : word);

/** The words of rules as they are searched for. */
export const searchedWords = (words: Words): Words => words.map((one) => listedWords(one).map(searched));
