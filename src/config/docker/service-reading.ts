import type { Outcome } from '../../core/conversion.js';
import type { ProxyVariable, ServiceDirective } from '../runtime-intent.js';

/** What becomes of a variable or a directive of docker.service. */
export interface ServiceReading {
  readonly entry: { readonly path: string; readonly line: number };
  /** `HTTP_PROXY`, `LimitNOFILE`. */
  readonly key: string;
  readonly value: string;
  readonly outcome: Outcome;
  readonly target: string;
  readonly note: string;
  readonly fix?: string;
  readonly proxy?: ProxyVariable;
  readonly directives?: readonly ServiceDirective[];
}
