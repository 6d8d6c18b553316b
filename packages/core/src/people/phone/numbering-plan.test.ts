import { expect, it } from "vitest";
import { lookUpPlan } from "./numbering-plan.ts";

it.each([
  [12145550142, ["US-TX"], ["America/Chicago"]],
  [14695550142, ["US-TX"], ["America/Chicago"]],
  [19455550142, ["US-TX"], ["America/Chicago"]],
  [19155550142, ["US-TX"], ["America/Chicago", "America/Denver"]],
  [16025550142, ["US-AZ"], ["America/Phoenix"]],
  [19285550142, ["US-AZ"], ["America/Phoenix", "America/Denver"]],
  [19075550142, ["US-AK"], ["America/Anchorage", "America/Adak"]],
  [14485550142, ["US-FL"], ["America/New_York", "America/Chicago"]],
  [19305550142, ["US-IN"], ["America/New_York", "America/Chicago"]],
  [18405550142, ["US-CA"], ["America/Los_Angeles"]],
  [12085550142, ["US-ID"], ["America/Boise", "America/Los_Angeles"]],
  [19865550142, ["US-ID"], ["America/Boise", "America/Los_Angeles"]],
  [17755550142, ["US-NV"], ["America/Los_Angeles", "America/Denver"]],
  [16713000142, ["US-GU"], ["Pacific/Guam"]],
  [16702340142, ["US-MP"], ["Pacific/Saipan"]],
  [16842740142, ["US-AS"], ["Pacific/Pago_Pago"]],
  [18085550142, ["US-HI"], ["Pacific/Honolulu"]],
  [19395550142, ["US-PR"], ["America/Puerto_Rico"]],
  [13402010142, ["US-VI"], ["America/St_Thomas"]],
  [19025550142, ["CA-NS", "CA-PE"], ["America/Halifax"]],
  [15065550142, ["CA-NB"], ["America/Moncton"]],
  [79161234567, ["RU-MOS", "RU-MOW"], ["Europe/Moscow"]],
  [79140000017, ["RU-IRK"], ["Asia/Irkutsk"]],
  [79140200017, ["RU-KAM"], ["Asia/Kamchatka"]],
  [74012345678, ["RU-KGD"], ["Europe/Kaliningrad"]],
  [74952345678, ["RU-MOS", "RU-MOW"], ["Europe/Moscow"]],
  [74112345678, ["RU-SA"], ["Asia/Yakutsk", "Asia/Srednekolymsk", "Asia/Ust-Nera"]],
  [73412345678, ["RU-UD"], ["Europe/Samara"]],
  [73652345678, ["UA-43"], ["Europe/Simferopol"]],
  [5511912345678, ["BR-SP"], ["America/Sao_Paulo"]],
])("knows the state and the zones of %d", (digits, regions, zones) => {
  const plan = lookUpPlan(digits);
  expect(plan.regions).toEqual(regions);
  expect(plan.zones).toEqual(zones);
});

it.each([
  [12145550142, "US", "unknown"],
  [18765550142, "JM", "wireless"],
  [18005550142, null, "unknown"],
  [16005550142, "CA", "voip"],
  [79161234567, "RU", "wireless"],
  [74952345678, "RU", "landline"],
  [78123456789, "RU", "landline"],
  [77011234567, "KZ", "wireless"],
  [76121234567, "KZ", "unknown"],
  [442079460018, "GB", "landline"],
  [447400123456, "GB", "wireless"],
  [441481256789, "GG", "landline"],
  [80012345678, null, "unknown"],
])("knows the country and the line of %d", (digits, country, lineType) => {
  expect(lookUpPlan(digits)).toMatchObject({ country, lineType });
});

it.each([
  ["an area code that is newer than the report", 16565550142, "US"],
  ["a Canadian one", 19425550142, "CA"],
  ["a toll-free number", 78005553535, "RU"],
  ["a Russian range that is newer than the file", 79491234567, "RU"],
])("has no zone for %s", (_, digits, country) => {
  expect(lookUpPlan(digits)).toMatchObject({ country, regions: [], zones: [] });
});

it.each([
  [32470123456, "BE"],
  [46701234567, "SE"],
  [353851234567, "IE"],
  [41791234567, "CH"],
  [351912345678, "PT"],
  [380501234567, "UA"],
  [60123456789, "MY"],
  [85291234567, "HK"],
  [64211234567, "NZ"],
  [819012345678, "JP"],
  [821012345678, "KR"],
  [5491112345678, "AR"],
  [573001234567, "CO"],
  [27821234567, "ZA"],
  [971501234567, "AE"],
  [966501234567, "SA"],
  [905321234567, "TR"],
  [16847331234, "US"],
])("knows that +%d is a mobile number of %s", (digits, country) => {
  expect(lookUpPlan(digits)).toMatchObject({ country, lineType: "wireless" });
});

it.each([
  ["Denmark", 4520123456],
  ["Chile", 56961234567],
  ["Mexico", 525512345678],
  ["Israel", 972501234567],
  ["Puerto Rico", 17875550142],
])("does not know the line of a number of %s, which may be either", (_, digits) => {
  expect(lookUpPlan(digits).lineType).toBe("unknown");
});

it.each([
  ["the capital of Chihuahua", 526145550100, ["America/Chihuahua"]],
  [
    "Nuevo Casas Grandes and towns at the border",
    526365550100,
    ["America/Chihuahua", "America/Ciudad_Juarez", "America/Ojinaga"],
  ],
  ["Matamoros", 528685550100, ["America/Matamoros", "America/Mexico_City"]],
  ["Punta Arenas", 56612555010, ["America/Punta_Arenas"]],
  ["Coyhaique", 56672555010, ["America/Coyhaique"]],
  ["Valparaiso and Easter Island", 56322100123, ["America/Santiago", "Pacific/Easter"]],
])("has the clock of %s, which libphonenumber has not", (_, digits, zones) => {
  expect(lookUpPlan(digits).zones).toEqual(zones);
});

it("lets a mobile phone be anywhere in its country", () => {
  expect(lookUpPlan(447400123456).zones).toEqual(["Europe/London"]);
  expect(lookUpPlan(34612345678).zones).toEqual(["Europe/Madrid", "Atlantic/Canary"]);
  expect(lookUpPlan(61412345678).zones).toContain("Australia/Perth");
  expect(lookUpPlan(61412345678).zones).toContain("Australia/Sydney");
  expect(lookUpPlan(79542000000).zones).toContain("Asia/Kamchatka");
  expect(lookUpPlan(351912345678).zones).toEqual(["Europe/Lisbon", "Atlantic/Azores"]);
  expect(lookUpPlan(64211234567).zones).toEqual(["Pacific/Auckland", "Pacific/Chatham"]);
  expect(lookUpPlan(56961234567).zones).toContain("Pacific/Easter");
});
