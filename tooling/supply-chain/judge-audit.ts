import { z } from "zod";

const Report = z.object({
  metadata: z.object({ vulnerabilities: z.record(z.string(), z.number()) }),
  advisories: z.record(
    z.string(),
    z.object({ module_name: z.string(), severity: z.string(), title: z.string() }),
  ),
});
const Failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Says what `pnpm audit --json` found. Registries that do not know audits are no fault of the packages. */
export function judgeAudit(output: string): { says: string; isBad: boolean } {
  const json: unknown = JSON.parse(output);
  const failure = Failure.safeParse(json);
  if (failure.success) {
    const { code, message } = failure.data.error;
    const [status = code] = /\b[45]\d\d\b/.exec(message) ?? [];
    return { says: `Not audited: the registry does not answer audits (${status}).`, isBad: false };
  }
  const { advisories, metadata } = Report.parse(json);
  const grave = Object.values(advisories).filter(({ severity }) => /high|critical/.test(severity));
  const count = Object.values(metadata.vulnerabilities).reduce((sum, one) => sum + one, 0);
  const lines = grave.map((one) => `${one.module_name}: ${one.title} (${one.severity})`);
  return {
    says: [...lines, `${count} known weaknesses, ${grave.length} of them grave.`].join("\n"),
    isBad: grave.length > 0,
  };
}
