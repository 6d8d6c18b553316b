import { keysIn } from "@ringfence/services/testing/keys";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { type Bench, atMost, measureMs, median } from "../bench.ts";
import { loadOrganization, scaledSizes } from "../load-organization.ts";
import { withPostgres } from "../with-postgres.ts";
import { loadOffice } from "./load-office.ts";
import { type Visit, measureFile, signIn, visit } from "./visit.ts";
import { withWeb } from "./with-web.ts";

/** Limit in milliseconds for the whole answer, which 95 of 100 visits of a page must keep. */
const targetMs = 150;

/** Visits of each page in a round. */
const visits = 20;

/**
 * Measures how long the server takes for the twelve most used pages, from the request to the last byte, for an officer
 * of an organization with a million contacts, five million calls, a million screenings and a million audit rows. One
 * request at a time, because it is the time of a page and not the load of a server that is asked for.
 */
export const webBench: Bench = {
  name: "web",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, url) => {
      const sizes = scaledSizes(scale, 10_000_000);
      const office = {
        auditRows: 1_000_000 * scale,
        screenings: 1_000_000 * scale,
        complaints: 5_000 * scale,
      };
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db, keys }, sizes, say);
      const reader = await loadOffice(db, organizationId, office, say);
      const pages = await listPages(db, organizationId);

      const visited = new Map<string, Visit[]>(pages.map((page) => [page, []]));
      const fileSizes = new Map<string, number>();
      await withWeb(url, folder, async (origin) => {
        const cookie = await signIn(origin, reader);
        for (const page of pages) {
          const { scripts } = await visit(origin, page, cookie); // warms up, too
          for (const script of scripts) fileSizes.set(script, await measureFile(origin, script));
        }
        for (let round = 0; round < rounds; round++) {
          const ms = await measureMs(async () => {
            for (const [page, all] of visited)
              for (let n = 0; n < visits; n++) all.push(await visit(origin, page, cookie));
          });
          say(`round ${round}: ${Math.round(ms / 1000)} s`);
        }
      });

      const pagesRead = [...visited].map(([path, visits]) => ({ name: toName(path), visits }));
      return {
        bench: "web",
        data: `${sizes.contacts} contacts, ${sizes.calls} calls, ${office.screenings} screenings, ${office.auditRows} audit rows, ${office.complaints} complaints`,
        ratios: pagesRead.map(({ name, visits }) =>
          atMost(`${name}, in ms, 95 of 100 visits`, percentile95(visits), targetMs),
        ),
        notes: pagesRead.map(({ name, visits }) => `${name}: ${describe(visits, fileSizes)}`),
      };
    }),
};

/** The twelve pages, with a number and a contact that have calls. */
async function listPages({ pool }: Db, organizationId: OrganizationId) {
  const { rows } = await pool.query<{ phoneId: string; contactId: string }>(
    `SELECT phone_id AS "phoneId", contact_id AS "contactId" FROM contact_phone
     WHERE organization_id = $1 ORDER BY contact_id LIMIT 1 OFFSET 1000`,
    [organizationId],
  );
  const [someone] = rows;
  if (someone === undefined) throw new Error("no contact has a phone");
  return [
    "/",
    `/numbers/${someone.phoneId}`,
    `/call/${someone.phoneId}`,
    "/contacts",
    `/contacts/${someone.contactId}`,
    "/consents",
    "/opt-outs",
    "/complaints",
    "/violations",
    "/registries",
    "/ledger",
    "/audit",
  ];
}

/** The path without ids. */
const toName = (page: string) => page.replace(/\/[0-9a-f-]{36}/, "/{id}");

const percentile95 = (visits: readonly Visit[]) => {
  const sorted = visits.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
};

function describe(visits: readonly Visit[], fileSizes: ReadonlyMap<string, number>): string {
  const ms = Math.round(median(visits.map(({ ms }) => ms)));
  const { bytes = 0, scripts = [] } = visits[0] ?? {};
  const scriptBytes = scripts.reduce((sum, script) => sum + (fileSizes.get(script) ?? 0), 0);
  return `median ${ms} ms; as sent, ${toKib(bytes)} of HTML and ${scripts.length} scripts of ${toKib(scriptBytes)}`;
}

const toKib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
