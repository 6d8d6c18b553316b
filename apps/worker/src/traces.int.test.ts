// Traces of jobs, as a collector gets them from a worker that runs as in production.
import { openDb } from "@ringfence/db";
import { aDatabase, aFolder } from "@ringfence/db/testing";
import { previewImport, startImport, uploadImport } from "@ringfence/services/desk/import";
import { openFiles } from "@ringfence/services/platform/files";
import { keysIn } from "@ringfence/services/testing/keys";
import { aTraceCollector } from "@ringfence/services/testing/trace-collector";
import { expect, it, onTestFinished } from "vitest";
import { anOfficer } from "../testing/registry.ts";
import { once } from "../testing/run-scene.ts";
import { aWorkerProcess } from "../testing/worker-process.ts";

/** An import that waits for a worker. */
async function scene(text: string) {
  const databaseUrl = await aDatabase();
  const db = openDb(databaseUrl);
  onTestFinished(() => db.close());
  const [filesFolder, keyFolder] = [aFolder(), aFolder()];
  const officer = await anOfficer(db, keysIn(keyFolder));
  const { organizationId } = officer;
  const ctx = { ...officer, files: openFiles(filesFolder) };
  const upload = { kind: "contacts", fileName: "people.csv", content: once(text) } as const;
  const { id } = await uploadImport(ctx, upload);
  const { mapping } = await previewImport(ctx, { id });
  const { runId } = await startImport(ctx, { id, mapping, isDryRun: false });
  const work = (more: Record<string, string>) =>
    aWorkerProcess({
      databaseUrl,
      filesFolder,
      more: { RINGFENCE_KEY_DIR: keyFolder, ...more },
    });
  return { db, organizationId, runId, work };
}

it("follows a job to its statements, and sends nothing of the file that it reads", async () => {
  const secrets = ["2125550187", "Marta", "Feld", "marta.feld@example.com", "people.csv"];
  const [number, first, last, email] = secrets;
  const { db, organizationId, runId, work } = await scene(
    `id,phone,name,email\n7,+1${number},${first} ${last},${email}\n8,nobody ${email},,\n`,
  );
  const { settings, spans, listNamesUpward, sentText, waitForSpan } = await aTraceCollector();
  const worker = await work(settings);

  const job = await waitForSpan("import.run");
  worker.signal("SIGTERM");
  expect(await worker.exited).toBe(0);

  expect(await db.prisma.contact.count({ where: { organizationId } })).toBe(1);
  expect(job).toMatchObject({
    service: "ringfence-worker",
    kind: "CONSUMER",
    attributes: {
      "messaging.destination.name": "import.run",
      "ringfence.organization.id": organizationId,
      "ringfence.run.id": runId,
    },
    status: { code: "UNSET" },
  });
  expect(job.parentSpanId).toBeUndefined();
  const statements = spans.filter(
    ({ kind, traceId }) => kind === "CLIENT" && traceId === job.traceId,
  );
  expect(statements.map(listNamesUpward)).toContainEqual([
    "UPDATE run",
    "transaction",
    "claimRun",
    "import.run",
  ]);
  expect(statements.map(({ name }) => name)).toContain("INSERT contact");
  for (const secret of secrets) expect(sentText()).not.toContain(secret);
});
