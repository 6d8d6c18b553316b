import { expect, it } from "vitest";
import { findVicidialFault, readLeads, createBlockRequests } from "./vicidial.ts";

const settings = { url: "https://dialer.example/", user: "6666", pass: "1234", phoneCode: "1" };

const formatNumber = (phone: string) => createBlockRequests(phone, settings)[0]?.phone_number;
const record = (n: number, code: string, number: string) =>
  `;---------- START OF RECORD ${n} ----------\nlead_id => ${n}\nstatus => DNC\nphone_code => ${code}\nphone_number => ${number}\n`;

it("writes a number as VICIdial stores it", () => {
  expect(formatNumber("+12025550100")).toBe("2025550100");
  expect(formatNumber("+79161234567")).toBe("79161234567");
});

it.each([
  "SUCCESS: add_dnc_phone DNC NUMBER HAS BEEN ADDED - 6666|7275551212|SYSTEM_INTERNAL\n",
  "ERROR: add_dnc_phone DNC NUMBER ALREADY EXISTS - 6666|7275551212\n",
  "NOTICE: update_lead NO MATCHES FOUND IN THE SYSTEM - 6666|7275551212\n",
])("accepts %j", (answer) => expect(findVicidialFault(answer)).toBeNull());

it.each([
  [
    "ERROR: add_dnc_phone USER DOES NOT HAVE PERMISSION TO ADD DNC NUMBERS - 6666|7275551212",
    "add_dnc_phone USER DOES NOT HAVE PERMISSION TO ADD DNC NUMBERS",
  ],
  ["<html>Bad gateway 7275551212</html>", "not understood"],
  ["", "not understood"],
])("reports why not, without the number: %j", (answer, fault) =>
  expect(findVicidialFault(answer)).toBe(fault),
);

it("reads the numbers of the listed leads", () => {
  const readLeadNumbers = (answer: string) => readLeads(answer)?.map(({ phone }) => phone) ?? null;
  const answer =
    record(1, "1", "2025550100") + record(2, "7", "9161234567") + record(3, "7", "79161234567");
  expect(readLeadNumbers(answer)).toEqual(["+12025550100", "+79161234567", "+79161234567"]);
  const long = record(1, "49", "15123456789");
  expect(readLeadNumbers(long)).toEqual(["+4915123456789"]);
  expect(readLeadNumbers(record(1, "1", "99") + record(2, "", "ext 7"))).toEqual(["1 99", "ext 7"]);
  expect(readLeadNumbers(record(1, "", "4915123456789"))).toEqual(["+4915123456789"]);
  const unclear = ["2025550100", "00000000000"];
  expect(readLeadNumbers(unclear.map((number, n) => record(n, "", number)).join(""))).toEqual(
    unclear,
  );
  expect(readLeadNumbers("ERROR: lead_status_search NO RESULTS FOUND - 6666|||\n")).toEqual([]);
  expect(readLeadNumbers("ERROR: auth USER DOES NOT HAVE PERMISSION - 6666\n")).toBeNull();
});

it("tells the calls of a lead apart, and names none without its time", () => {
  const lead = record(7, "1", "2025550100");
  const called = (count: number, at: string) =>
    `${lead}called_count => ${count}\nlast_local_call_time => ${at}\n`;
  const call = (answer: string) => readLeads(answer)?.[0]?.call;
  expect(call(called(1, "2026-03-01 10:00:00"))).toBe("7 1 2026-03-01 10:00:00");
  expect(call(called(2, "2026-03-01 10:20:00"))).toBe("7 2 2026-03-01 10:20:00");
  expect(call(called(0, "0000-00-00 00:00:00"))).toBeNull();
  expect(call(lead)).toBeNull();
});
