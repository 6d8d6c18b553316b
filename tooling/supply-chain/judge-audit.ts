import { z } from "zod";

const Report = z.object({
  metadata: z.object({ vulnerabilities: z.record(z.string(), z.number()) }),
  advisories: z.record(
    z.string(),
    z.object({ module_name: z.string(), severity: z.string(), title: z.string() }),
  ),
});
const Failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Codes with which pnpm reports that a registry did not answer. Codes of the network do not begin with `ERR_PNPM_`. */
const UNANSWERED = /^(?!ERR_PNPM_)|AUDIT_BAD_RESPONSE|AUDIT_ENDPOINT_NOT_EXISTS|FETCH/;

/**
 * Summarizes what `pnpm audit --json` found. A registry that does not answer audits says nothing about our packages, so
 * that is no failure. An audit that could not begin, such as without a lockfile, is one.
 */
export function judgeAudit(output: string): { says: string; isBad: boolean } {
  const json: unknown = JSON.parse(output);
  const failure = Failure.safeParse(json);
  if (failure.success) {
    const { code, message } = failure.data.error;
    if (!UNANSWERED.test(code)) return { says: `Not audited: ${message} (${code})`, isBad: true };
    const [status = code] = /\b[45]\d\d\b/.exec(message) ?? [];
    return { says: `Not audited: the registry does not answer audits (${status}).`, isBad: false };
  }
  const { advisories, metadata } = Report.parse(json);
  const grave = Object.values(advisories).filter(({ severity }) => /high|critical/.test(severity));
  const count = Object.values(metadata.vulnerabilities).reduce((sum, one) => sum + one, 0);
  const lines = grave.map((one) => `${one.module_name}: ${one.title} (${one.severity})`);
  const summary = `${count} known vulnerabilities, ${grave.length} of them high or critical.`;
  return { says: [...lines, summary].join("\n"), isBad: grave.length > 0 };
}
