import type { ConsentSource } from "./consent.ts";
import { type Evidence, isSigned } from "./evidence.ts";

/**
 * Whether a consent is in writing. Electronic forms and paper are (15 U.S.C. 7001, E-SIGN); speech
 * is not, and of an import nobody knows, unless a signature came with it.
 */
export const isWrittenSource = (source: ConsentSource, evidence: Evidence) =>
  written[source] || isSigned(evidence);

const written: Record<ConsentSource, boolean> = {
  newsletter: true,
  website_form: true,
  registration: true,
  checkout: true,
  paper: true,
  phone: false,
  import: false,
};
