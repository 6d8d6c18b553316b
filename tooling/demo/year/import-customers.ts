import { type ImportKind, Mapping } from "@ringfence/core/desk/import";
import { runImport, startImport, uploadImport } from "@ringfence/services/desk/import";
import { claimRun, finishRun } from "@ringfence/services/platform/run";
import type { Customer } from "./cast.ts";
import { DAY_MS, type Stage } from "./stage.ts";

const disclosureText =
  "Demo Bank may call me about its cards, loans and savings, also with dialing software. I need not agree to buy anything, and I can take this back on any call.";

/** Imports the customers that the CRM sent in a week: who they are, and how they agreed to calls. */
export async function importCustomers(stage: Stage, customers: readonly Customer[], week: number) {
  const arrived = customers.filter((customer) => customer.week === week);
  const day = stage.at(week).toISOString().slice(0, 10);
  await importFile(stage, {
    kind: "contacts",
    fileName: `crm-customers-${day}.csv`,
    columns: ["externalId", "name", "phone", "addressRegion", "locale", "attributes.product"],
    rows: arrived.map(({ id, name, phone, region, locale, product }) => [
      id,
      name,
      phone,
      region,
      locale,
      product,
    ]),
  });
  await importFile(stage, {
    kind: "consents",
    fileName: `crm-consents-${day}.csv`,
    columns: ["externalId", "phone", "source", "act", "obtainedAt"],
    rows: arrived.flatMap(({ id, phone, consent }, index) =>
      consent === null
        ? []
        : [[id, phone, consent.source, consent.act ?? "", givenBefore(stage.at(week), index)]],
    ),
    defaults: {
      seller: "demo-bank",
      purposes: "marketing",
      channels: "voice_live voice_autodialed",
      disclosureText,
      disclosureLanguage: "en",
    },
  });
}

/** Consents of a list are up to ten months old. */
const givenBefore = (at: Date, index: number) =>
  new Date(at.getTime() - (2 + ((index * 37) % 300)) * DAY_MS).toISOString();

type List = {
  kind: ImportKind;
  fileName: string;
  columns: Mapping["columns"];
  rows: readonly (readonly string[])[];
  defaults?: Mapping["defaults"];
};

/** Uploads a file and imports it, as an officer and a worker do. */
async function importFile(stage: Stage, { kind, fileName, columns, rows, defaults }: List) {
  const officer = stage.as("officer");
  const text = [columns, ...rows].map((cells) => `${cells.join()}\n`).join("");
  const { id } = await uploadImport(officer, { kind, fileName, content: once(text) });
  const { organizationId } = officer;
  const stored = await officer.db.prisma.import.findFirstOrThrow({ where: { organizationId, id } });
  const mapping = Mapping.parse(stored.mapping);
  const chosen = { ...mapping, columns, defaults: { ...mapping.defaults, ...defaults } };
  const { runId } = await startImport(officer, { id, mapping: chosen, isDryRun: false });
  const job = stage.job("import.run");
  const claimed = await claimRun(job, { runId, worker: "demo" });
  if (claimed.outcome !== "claimed")
    throw new Error(`The import ${fileName} was ${claimed.outcome}`);
  const { attempt } = claimed.claim;
  const outcome = await runImport(job, { importId: id, attempt, onProgress: () => {} });
  await finishRun(job, { claim: claimed.claim, outcome });
  if (outcome.rejected > 0) throw new Error(`${fileName}: ${outcome.rejected} rows were rejected`);
}

async function* once(text: string) {
  yield Buffer.from(text);
}
