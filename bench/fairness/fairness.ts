import path from "node:path";
import { openFiles } from "@ringfence/services/platform/files";
import { keysIn } from "@ringfence/services/testing/keys";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { createWebhook } from "@ringfence/services/do-not-call/endpoint";
import { type Bench, atMost, type Report } from "../bench.ts";
import { benchOwner } from "../bench-owner.ts";
import { loadOrganization, scaledSizes } from "../load-organization.ts";
import { loadPhones } from "../load-phones.ts";
import { makeList } from "../make-list.ts";
import { withApi } from "../with-api.ts";
import { withPostgres } from "../with-postgres.ts";
import { withWorker } from "../with-worker.ts";
import { loadNeighbor } from "./load-neighbor.ts";
import { type Measured, measureTenant, percentile } from "./measure-tenant.ts";
import { receiveWebhooks } from "./receive-webhooks.ts";

/** Most times longer that an organization may wait while another one is busy. */
const target = 3;

/** Contacts of the organization that is measured. */
const TENANT_SCALE = 0.02;

/** Measured alone, beside an organization that scrubs and imports, and beside one that sends all that it may. */
type Round = { alone: Measured; files: Measured; everything: Measured };

/**
 * Measures one organization's screenings, opt-outs and small scrubs in one installation, alone and while another
 * organization scrubs, imports and sends batches as fast as it can.
 */
export const fairnessBench: Bench = {
  name: "fairness",
  run: ({ scale, rounds, folder: parent, say }) => {
    const folder = path.join(parent, "fairness");
    return withPostgres(folder, async (db, url, service) => {
      const keys = keysIn(`${folder}/keys`);
      const sizes = scaledSizes(scale, 10_000_000);
      const neighborId = await loadOrganization({ db, keys }, sizes, say, "neighbor ");
      const tenantSizes = scaledSizes(TENANT_SCALE, 100_000);
      const tenantId = await loadOrganization({ db, keys }, tenantSizes, say, "tenant ");
      const rows = { scrub: 5_000_000 * scale, import: 1_000_000 * scale };
      const list = await makeList(
        db,
        neighborId,
        rows.scrub,
        path.join(folder, `list-${scale}.csv`),
      );
      const files = openFiles(path.join(folder, "files"));
      const context = { db: service, keys, files, actor: benchOwner };
      const tenant = { ...context, organizationId: tenantId };
      const phones = await loadPhones(db, tenantId, 2_000);
      const { key } = await makeApiKey(tenant, {
        name: `bench ${Date.now()}`,
        reason: "It calls for us.",
        scopes: ["screen", "opt-outs:write", "opt-outs:read", "scrubs"],
      });

      const measured: Round[] = [];
      await receiveWebhooks(async ({ host, received }) => {
        // Those of earlier runs have receivers that are gone.
        await db.prisma.endpoint.updateMany({
          where: { organizationId: tenantId, disabledAt: null },
          data: { disabledAt: new Date() },
        });
        await createWebhook(
          { ...tenant, privateHosts: [`${tenantId}=${host}`] },
          {
            name: `bench ${Date.now()}`,
            url: `http://${host}/`,
            events: ["opt-out.recorded"],
            reason: "The dialer keeps its own list.",
          },
        );
        const privateHosts = { RINGFENCE_PRIVATE_HOSTS: `${tenantId}=${host}` };
        const neighbor = { ...context, organizationId: neighborId };
        const work = () =>
          withApi(url, folder, async (origin) => {
            const measure = () => measureTenant({ origin, key, phones, received });
            await measure(); // to warm up
            for (let round = 0; round < rounds; round++) {
              const load = { list, importRows: rows.import, origin };
              const besides = async (kind: "files" | "everything") => {
                const { result, done } = await loadNeighbor(
                  neighbor,
                  db,
                  { ...load, kind },
                  measure,
                );
                say(`round ${round}: ${formatMeasured(names[kind], [result])}; ${done}`);
                return result;
              };
              const alone = await measure();
              say(`round ${round}: ${formatMeasured(names.alone, [alone])}`);
              measured.push({
                alone,
                files: await besides("files"),
                everything: await besides("everything"),
              });
            }
          });
        await withWorker(url, folder, work, privateHosts);
      });
      const data = `one organization screens, opts out and scrubs 100 rows; the other scrubs ${rows.scrub} rows and imports ${rows.import} contacts`;
      return { bench: "fairness", data, ...judge(measured) };
    });
  },
};

const names = {
  alone: "alone",
  files: "beside a scrub and an import",
  everything: "beside all that is let in",
} as const satisfies Record<keyof Round, string>;

function judge(rounds: readonly Round[]): Pick<Report, "ratios" | "notes"> {
  const compare = (name: string, pick: (measured: Measured) => readonly number[]) => {
    const p99 = (phase: keyof Round) =>
      percentile(
        rounds.flatMap((round) => pick(round[phase])),
        0.99,
      );
    return (["files", "everything"] as const).map((phase) =>
      atMost(`${name}, p99 ${names[phase]}, against alone`, p99(phase) / p99("alone"), target),
    );
  };
  return {
    ratios: [
      ...compare("a screening", ({ screenings }) => screenings),
      ...compare("an opt-out until its answer", ({ optOuts }) => optOuts),
      ...compare("an opt-out until the feed shows it", ({ feed }) => feed),
      ...compare("an opt-out until the webhook gets it", ({ webhooks }) => webhooks),
    ],
    notes: (["alone", "files", "everything"] as const).map((phase) =>
      formatMeasured(
        names[phase],
        rounds.map((round) => round[phase]),
      ),
    ),
  };
}

function formatMeasured(name: string, measured: readonly Measured[]): string {
  const format = (label: string, pick: (measured: Measured) => readonly number[]) => {
    const values = measured.flatMap((one) => pick(one));
    const at = (share: number) => Math.round(percentile(values, share));
    return `${label} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
  };
  const refused = measured.reduce((sum, { failures }) => sum + failures.length, 0);
  const reasons = [...new Set(measured.flatMap(({ failures }) => failures))];
  return [
    `${name}: ${format("screening", ({ screenings }) => screenings)}`,
    format("opt-out", ({ optOuts }) => optOuts),
    format("in the feed", ({ feed }) => feed),
    format("at the webhook", ({ webhooks }) => webhooks),
    format("scrub of 100 rows", ({ scrubs }) => scrubs),
    refused === 0 ? "nothing failed" : `${refused} failed (${reasons.join(", ")})`,
  ].join("; ");
}
