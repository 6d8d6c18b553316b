import fc from "fast-check";
import type { ListFormKey } from "../src/do-not-call/registry/index.ts";
import { aUsNumber } from "./registry-files.ts";

const digits = (count: number) =>
  fc.nat({ max: 10 ** count - 1 }).map((n) => String(n).padStart(count, "0"));
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 2, maxLength: 12 });
const ended = (lines: fc.Arbitrary<string>, end: string) =>
  some(lines).map((all) => all.map((line) => line + end));

/** A form, what its files list, the file's name, and what stands around that. */
type ListFile = [ListFormKey, fc.Arbitrary<string[]>, string, around?: (lines: string[]) => string];

const inXml = (lines: string[]) =>
  `<list type='full' level='ac' val='818'><ac val='818'>${lines.join("")}</ac></list>`;
const aPhone = some(aUsNumber.map((ten) => `<ph val='${ten.slice(3)}' />`));
const inMatch = (lines: string[]) =>
  `{"match":{${lines.map((line, index) => `"${index}":${line}`).join(",")}},"clean":[]}`;
const aMatch = aUsNumber.map((ten) => JSON.stringify({ phone_number: ten, status: "TCPA" }));
const inArray = (lines: string[]) => `[${lines.join(",")}]`;
const aFlagged = fc
  .tuple(aUsNumber, fc.boolean())
  .map(([PhoneNumber, IsLitigator]) => JSON.stringify({ PhoneNumber, IsLitigator }));
const inAnswer = (lines: string[]) => `{"status_code":"S000","numbers":[${lines.join(",")}]}`;
const aSgNumber = digits(2).map((line) => String(80_000_000 + Number(line)));
const anAnswered = fc
  .tuple(aSgNumber, fc.constantFrom("R", "NR"))
  .map(([number, said]) => JSON.stringify({ number, no_voice_call: said }));

export const listFiles: ListFile[] = [
  ["us-dnc", aPhone, "list.xml", inXml],
  ["ca-dncl", aPhone, "list.xml", inXml],
  [
    "ca-dncl",
    ended(
      aUsNumber.map((ten) => `${ten.slice(0, 3)},${ten.slice(3)}`),
      "\n",
    ),
    "a.txt",
  ],
  [
    "gb-tps",
    ended(
      digits(6).map((six) => `01635 ${six}`),
      "\r\n",
    ),
    "tps.txt",
  ],
  [
    "gb-tps",
    ended(
      digits(9).map((nine) => `07${nine} `),
      "\r\n",
    ),
    "tps.txt",
  ],
  [
    "hk-dnc",
    ended(
      digits(7).map((seven) => `2${seven}`),
      "\n",
    ),
    "hk.txt",
  ],
  [
    "hk-dnc",
    ended(
      digits(7).map((seven) => `9${seven},2026-08-05`),
      "\n",
    ),
    "hk.txt",
  ],
  ["sg-dnc", ended(aSgNumber, "\r\n"), "Filtered Numbers.csv"],
  ["sg-dnc", some(anAnswered), "answer.json", inAnswer],
  [
    "us-rnd",
    ended(
      aUsNumber.map((ten) => `${ten},2025-03-14,no data`),
      "\n",
    ),
    "rnd.csv",
  ],
  ["us-ported", ended(aUsNumber, "\r\n"), "ported.txt"],
  [
    "us-ported",
    ended(
      aUsNumber.map((ten) => `${ten.slice(0, 6)}0000,0002`),
      "\n",
    ),
    "ported.txt",
  ],
  ["us-litigators", some(aMatch), "match.json", inMatch],
  ["us-litigators", some(aFlagged), "flags.json", inArray],
];

/** Joins lines without a header or footer. */
export const plain = (lines: string[]) => lines.join("");
