import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { readCalls } from "./read-calls.ts";
import { relevanceEval } from "./relevance.ts";

const fixture = path.join(import.meta.dirname, "bank-marketing-2008-2010.first-30000.csv.gz");
const header =
  "age;job;marital;education;default;housing;loan;contact;month;day_of_week;duration;campaign;pdays;" +
  "previous;poutcome;emp.var.rate;cons.price.idx;cons.conf.idx;euribor3m;nr.employed;y";
const row = (age: number, duration: number, y: string) =>
  `${age};"admin.";"single";"x";"no";"no";"no";"cellular";"may";"mon";${duration};1;999;0;"nonexistent";1.1;93;-36;4.8;5191;"${y}"`;

async function file(rows: readonly string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), "relevance-"));
  const name = path.join(folder, "calls.csv");
  await writeFile(name, `${[header, ...rows].join("\n")}\n`);
  return name;
}

/**
 * People over 50 accept four times of five, others once of five; `duration` alone would reveal the
 * outcome.
 */
const some = Array.from({ length: 400 }, (_, index) => {
  const isOld = index % 2 === 0;
  const isAccepted = index % 10 < 2 !== isOld;
  return row(isOld ? 60 : 30, isAccepted ? 900 : 10, isAccepted ? "yes" : "no");
});

it("reads the calls of the bank without their duration", async () => {
  const calls = await readCalls(fixture);
  expect(calls).toHaveLength(30_000);
  expect(calls.filter(({ isAccepted }) => isAccepted)).toHaveLength(1_716);
  expect(calls[0]?.traits).toMatchObject({ age: 56, job: "housemaid", pdays: null });
  expect(calls.some(({ traits }) => "duration" in traits)).toBe(false);
});

it("trains on one file, tests on another, and prints four figures next to those of plain logistic regression", async () => {
  const files = { train: await file(some), test: await file(some) };
  const { report, figures } = await relevanceEval(files);
  // 4/5 of both kinds are ordered by age, and the rest are ties, which count half.
  expect(figures).toMatchObject({ lift10: expect.closeTo(1.6, 1) });
  expect(figures).toMatchObject({
    auc: expect.closeTo(0.8, 1),
    calibrationError: expect.any(Number),
  });
  const names = ["auc", "interval", "calibrationError", "lift10"];
  expect(Object.keys(Object(figures))).toEqual([...names, "plain"]);
  expect(Object.keys(Object(Object(figures).plain))).toEqual(names);
  expect(report).toContain("Moro et al. 2014");
});

it("reports that a model of shuffled calls is no better than chance", async () => {
  const turned = some.map((line) =>
    line.endsWith('"yes"') ? line.replace('"yes"', '"no"') : line.replace(/"no"$/, '"yes"'),
  );
  const files = { train: await file(some), test: await file([...some, ...turned]) };
  expect((await relevanceEval(files)).report).toContain("no better than chance");
});

it("says which column is missing, and in which line something is odd", async () => {
  await expect(readCalls(await file([row(30, 1, "maybe")]))).rejects.toThrow(
    /calls\.csv:2: y is “maybe”/,
  );
  const odd = await file([row(30, 1, "no"), row(30, 1, "no").replace("999", "never")]);
  await expect(readCalls(odd)).rejects.toThrow(/calls\.csv:3: pdays is “never”/);
  const folder = await mkdtemp(path.join(tmpdir(), "relevance-"));
  await writeFile(path.join(folder, "x.csv"), "age;y\n3;no\n");
  await expect(readCalls(path.join(folder, "x.csv"))).rejects.toThrow(/has no job, marital/);
});
