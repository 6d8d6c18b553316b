import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import { type Run, askAnyApi, pauseMs, pickPerson, recordVerdict } from "./run.ts";
import { readId } from "./read-response.ts";
import { previewImport, startImport, uploadImport } from "@ringfence/services/desk/import";
import type { World } from "./world.ts";

const listSize = 200;
const maxLists = 6;
const listPauseMs = 250;

const listPath = "/scrubs?purpose=marketing.loans&seller=acme&phoneColumn=phone";

/** Scrubs a list in the background; a client that waited for it would do nothing else meanwhile. */
export async function scrubList(run: Run, random: Random) {
  if (run.lists.size >= maxLists) return;
  const rows = Array.from({ length: listSize }, () => {
    const person = pickPerson(run, random);
    return { person, phone: random.oneOf(person.phones) };
  });
  const startedAt = performance.now();
  const body = ["phone", ...rows.map(({ phone }) => phone), ""].join("\n");
  const started = await askAnyApi(run, random, { path: listPath, body });
  const id = started?.status === 202 ? readId(started.body) : null;
  if (id === null) return;
  const people = rows.map(({ person }) => person.id);
  const reading = readListVerdicts(run, random, { id, people, startedAt });
  run.lists.add(reading);
  void reading.finally(() => run.lists.delete(reading));
}

type List = { id: string; people: readonly number[]; startedAt: number };

async function readListVerdicts(run: Run, random: Random, { id, people, startedAt }: List) {
  while (!run.isOver()) {
    const result = await askAnyApi(run, random, { path: `/scrubs/${id}/result.csv` });
    if (result?.status !== 200 || typeof result.body !== "string") {
      await wait(listPauseMs);
      continue;
    }
    for (const [index, line] of result.body.trimEnd().split("\n").slice(1).entries()) {
      const [, verdict] = line.split(",");
      const person = people[index] ?? -1;
      const call = { person, seller: "acme", purpose: "marketing.loans" };
      recordVerdict(run, "scrub", call, startedAt, { verdict });
    }
    return;
  }
}

export async function importMoreConsents(run: Run, random: Random) {
  const phones = Array.from({ length: 10 }, () => random.oneOf(pickPerson(run, random).phones));
  // Errors of the database while it is away are not what this test looks for.
  await importConsents(run.world, phones).then(
    () => run.answered++,
    () => wait(pauseMs),
  );
}

const columns = "phone,seller,purposes,channels,source,disclosure,language,obtainedAt,act";

/** Has a worker import newer consents of some phones, as an officer does. They lift no opt-out. */
async function importConsents({ ctx }: World, phones: readonly string[]) {
  const consent = `acme,marketing,voice_live,website_form,I agree to be called,en,${new Date().toISOString()},ticked`;
  const content = [columns, ...phones.map((phone) => `${phone},${consent}`), ""].join("\n");
  const { id } = await uploadImport(ctx, {
    kind: "consents",
    fileName: "consents.csv",
    content: toChunks(content),
  });
  const { mapping, fault } = await previewImport(ctx, { id });
  if (fault) throw new Error(`an import that cannot be read: ${fault.key}`);
  await startImport(ctx, { id, mapping, isDryRun: false });
}

async function* toChunks(text: string) {
  yield Buffer.from(text);
}
