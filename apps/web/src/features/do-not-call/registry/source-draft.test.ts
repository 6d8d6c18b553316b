import { RegistrySource } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { sourceDraftOf, sourceIn, sourceKindsFor } from "./source-draft";

it.each<RegistrySource>([
  { kind: "http", url: "https://registry.example/list.zip" },
  { kind: "http", url: "https://a.example/1", checksumUrl: "https://a.example/2", user: "ada" },
  { kind: "folder", path: "partners/north" },
  { kind: "sftp", host: "sftp.example", port: 2_222, user: "ada", path: "/lists" },
  { kind: "s3", bucket: "lists", prefix: "", region: "eu-west-1", accessKeyId: "AKIA" },
  {
    kind: "us-ftc",
    url: "https://telemarketing.donotcall.gov/DownloadSvc/DownloadSvc.asmx",
    organization: "12345678-12345",
    userType: "Representative",
    lists: "full",
    isCertified: true,
  },
  { kind: "upload" },
  { kind: "au-washing", url: "https://a.example/1", telemarketerId: "1", monthlyNumbers: 9 },
  {
    kind: "au-washing",
    url: "https://a.example/1",
    telemarketerId: "1",
    monthlyNumbers: 9,
    pricePerNumber: 0.03,
    monthlyMoney: 20,
  },
  { kind: "us-dncscrub", url: "https://a.example/1", monthlyNumbers: 9 },
  {
    kind: "sg-realtime",
    url: "https://a.example/1",
    orgCode: "A",
    eServiceId: "B",
    monthlyNumbers: 9,
  },
])("is entered and read as it was: %j", (source) => {
  expect(RegistrySource.parse(sourceIn(sourceDraftOf(source)))).toEqual(source);
});

it("keeps what is entered for one kind out of another", () => {
  const texts = { url: "https://a.example/1", path: "north", host: "sftp.example", user: "ada" };
  expect(sourceIn({ kind: "folder", texts })).toEqual({ kind: "folder", path: "north" });
});

it("offers the service of the US registry for the US registry alone", () => {
  expect(sourceKindsFor({ reader: "us-dnc" })).toContain("us-ftc");
  expect(sourceKindsFor({ reader: "gb-tps" })).not.toContain("us-ftc");
  expect(sourceKindsFor({ reader: "au-dncr" })).toEqual(["au-washing"]);
  expect(sourceKindsFor({ reader: "sg-dnc" })).toContain("upload");
});
