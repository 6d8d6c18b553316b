import { answerExport, answerMember } from "@/server/answer-member";
import { peopleFiles } from "@/server/lists/people-files";
import { recordFiles } from "@/server/lists/record-files";

// The files of all lists, at `/api/<list>.csv`. Lists of people are asked for with a reason, the others are links.

type Context = { params: Promise<{ file: string }> };

const isPeopleList = (name: string): name is keyof typeof peopleFiles =>
  Object.hasOwn(peopleFiles, name);
const isRecordList = (name: string): name is keyof typeof recordFiles =>
  Object.hasOwn(recordFiles, name);

/** Reads the name of a list from the address. Empty if it is no file of a list. */
const readName = async ({ params }: Context) =>
  /^([a-z-]+)\.csv$/.exec((await params).file)?.[1] ?? "";

/** Answers a request with the method of the other lists, or for no list at all. */
const refuse = (isList: boolean) => new Response(null, { status: isList ? 405 : 404 });

export async function POST(request: Request, context: Context) {
  const list = await readName(context);
  return isPeopleList(list)
    ? answerExport(request, list, (ctx) => peopleFiles[list](ctx, request))
    : refuse(isRecordList(list));
}

export async function GET(request: Request, context: Context) {
  const list = await readName(context);
  return isRecordList(list)
    ? answerMember(request, (ctx) => recordFiles[list](ctx))
    : refuse(isPeopleList(list));
}
