import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import { importConsents } from "./import-consents.ts";
import { asking, hear, type Play, pauseMs, somebody } from "./play.ts";
import { readId } from "./read-answer.ts";

const listSize = 200;
const mostLists = 6;
const listPauseMs = 250;

const listPath = "/scrubs?purpose=marketing.loans&seller=acme&phoneColumn=phone";

/** Scrubs a list in the background; a client that waited for it would do nothing else meanwhile. */
export async function scrubList(play: Play, random: Random) {
  if (play.lists.size >= mostLists) return;
  const rows = Array.from({ length: listSize }, () => {
    const person = somebody(play, random);
    return { person, phone: random.oneOf(person.phones) };
  });
  const begun = performance.now();
  const body = ["phone", ...rows.map(({ phone }) => phone), ""].join("\n");
  const started = await asking(play, random, { path: listPath, body });
  const id = started?.status === 202 ? readId(started.body) : null;
  if (id === null) return;
  const people = rows.map(({ person }) => person.id);
  const hearing = hearList(play, random, { id, people, begun });
  play.lists.add(hearing);
  void hearing.finally(() => play.lists.delete(hearing));
}

type List = { id: string; people: readonly number[]; begun: number };

async function hearList(play: Play, random: Random, { id, people, begun }: List) {
  while (!play.isOver()) {
    const told = await asking(play, random, { path: `/scrubs/${id}/result.csv` });
    if (told?.status !== 200 || typeof told.body !== "string") {
      await wait(listPauseMs);
      continue;
    }
    for (const [index, line] of told.body.trimEnd().split("\n").slice(1).entries()) {
      const [, verdict] = line.split(",");
      const person = people[index] ?? -1;
      const asked = { person, seller: "acme", purpose: "marketing.loans" };
      hear(play, "scrub", asked, begun, { verdict });
    }
    return;
  }
}

export async function importAgain(play: Play, random: Random) {
  const phones = Array.from({ length: 10 }, () => random.oneOf(somebody(play, random).phones));
  // Errors of the database while it is away are not what this test looks for.
  await importConsents(play.world, phones).then(
    () => play.answered++,
    () => wait(pauseMs),
  );
}
