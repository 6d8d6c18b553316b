import metadata from "libphonenumber-js/metadata.max.json" with { type: "json" };
import { expect, it } from "vitest";
import { say } from "../../platform/message/index.ts";
import { readPhone } from "./read-phone.ts";
import table from "../../../data/phone/numbers.json" with { type: "json" };

it.each([
  ["+1 (214) 555-0142", "", "+12145550142"],
  ["00 1 214 555 0142", "RU", "+12145550142"],
  ["1-214-555-0142", "RU", "+12145550142"],
  ["214.555.0142", "US", "+12145550142"],
  ["7 916 123 45 67", "", "+79161234567"],
  ["79161234567", "DE", "+79161234567"],
  ["8 (916) 123-45-67", "RU", "+79161234567"],
  ["8 701 123 45 67", "KZ", "+77011234567"],
  ["9161234567", "KZ", "+79161234567"],
  ["84912345678", "RU", "+74912345678"],
  ["+84912345678", "RU", "+84912345678"],
  ["84912345678", "VN", "+84912345678"],
  ["020 7946 0018", "GB", "+442079460018"],
  ["+44 (0)20 7946 0018", "", "+442079460018"],
  ["8 800 555-35-35", "RU", "+78005553535"],
  ["11912345678", "BR", "+5511912345678"],
  ["13800138000", "CN", "+8613800138000"],
  ["12145550142", "CN", "+12145550142"],
  ["\u202A+7\u00A0916\u2009123\u201145\u201267\u202C", "", "+79161234567"],
  ["+7\u0085916\u2028123\u300045\uFEFF67", "", "+79161234567"],
  ["7.9161234567E+10", "", "+79161234567"],
  ["7,9161234567e+10", "US", "+79161234567"],
  ["2.145550142E+09", "US", "+12145550142"],
  ["+4.42079460958E+11", "DE", "+442079460958"],
  ["'+79161234567", "", "+79161234567"],
  ["'8 (916) 123-45-67", "RU", "+79161234567"],
])("reads %s in %s", (text, region, phone) => {
  expect(readPhone(text, region)).toEqual({ phone });
});

it.each([
  ["", "US", "Write a number."],
  [" +() ", "US", "Write a number."],
  ["214 555 014", "US", "One digit short: US numbers have ten after +1."],
  ["1 214 555 014", "US", "One digit short: US numbers have ten after +1."],
  ["214 555 01423", "US", "One digit too many: US numbers have ten after +1."],
  ["+7 999 000 00", "", "2 digits short: Russian numbers have ten after +7."],
  ["8 999 000-00-1", "RU", "One digit short: Russian numbers have ten after +7."],
  ["8 999 000-00-178", "RU", "One digit too many: Russian numbers have ten after +7."],
  ["+7 701 123 45 6", "", "One digit short: Kazakh numbers have ten after +7."],
  ["416 555 014", "CA", "One digit short: CA numbers have ten after +1."],
  ["+49 1", "", "4 digits short: DE numbers have at least 5 after +49."],
  ["+39 0123 456 789 012", "", "One digit too many: IT numbers have at most 12 after +39."],
  ["+48 12 345 678", "", "PL numbers have 7, 9 digits after +48. This has 8."],
  ["+800 123 456", "", "2 digits short: such numbers have eight after +800."],
  ["+7 612 345 67 89", "", "No Kazakh number begins like this: check the digits after +7."],
  ["+1 055 234 5678", "", "No US number begins like this: check the digits after +1."],
  ["+999 123 456", "", "No country code begins like this: check the digits after the +."],
  ["+0 916 123 45 67", "", "No country code begins like this: check the digits after the +."],
  [
    "8 916 123-45-67",
    "US",
    "A leading 8 stands for +7 only in Russia and Kazakhstan: begin with + and the country code.",
  ],
  ["2145550142", "", "Begin with + and the country code, as in +1 214 555 0142."],
  ["2145550142", "XX", "Begin with + and the country code, as in +1 214 555 0142."],
  ["+1 214 555 0142 ext. 7", "", "Leave out the extension: only the number itself is called."],
  ["+12145550142x7", "", "Leave out the extension: only the number itself is called."],
  ["8 916 123-45-67 (доб. 12)", "RU", "Leave out the extension: only the number itself is called."],
  ["+12145550142;12145550143", "", "Write one number only."],
  ["+12145550142 +12145550143", "", "Write one number only."],
  [
    "9.16E+10",
    "RU",
    "A spreadsheet has rounded this number to 9.16E+10: its last digits are lost. Give the column the format “Text” in the original, and save the file again.",
  ],
  ["1-800-FLOWERS", "US", "Write the number in digits: it has letters in it."],
  ["+1 ２１４ 555 0142", "", "Write the digits as 0 to 9."],
  ["٢١٤ ٥٥٥ ٠١٤٢", "US", "Write the digits as 0 to 9."],
  ["214+5550142", "US", "A + can stand only at the beginning."],
  ["~2145550142", "US", "“~” does not belong in a number."],
  ["2145550142\0", "US", "“\uFFFD” does not belong in a number."],
  ["2145550142\uD83D", "US", "“\uFFFD” does not belong in a number."],
])("refuses %s in %s, and says why", (text, region, sentence) => {
  const read = readPhone(text, region);
  expect("fault" in read && say("en", read.fault)).toBe(sentence);
});

it.each([
  ["+7 999 000 00", "Не хватает 2 цифр: в номерах России после +7 должно быть 10 цифр."],
  ["+7 999 000 00 178", "Лишняя цифра: в номерах России после +7 должно быть 10 цифр."],
  ["+49 1", "Не хватает 4 цифр: в номерах страны DE после +49 должно быть не меньше 5 цифр."],
])("counts the digits of %s in Russian", (text, sentence) => {
  const read = readPhone(text, "RU");
  expect("fault" in read && say("ru", read.fault)).toBe(sentence);
});

it("knows the lengths of the numbers of every calling code, which messages name", () => {
  const known = { ...metadata.country_calling_codes, ...metadata.nonGeographic };
  const codes: Record<string, { lengths: readonly number[] }> = table.codes;
  expect(Object.keys(known).filter((code) => !codes[code]?.lengths.length)).toEqual([]);
});
