/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { findErasedPhones, rehashErasedPhones } from "./erased-phones.ts";
export { type Person, findPerson, unknownPerson } from "./find-person.ts";
export {
  type StoredPhone,
  findPhone,
  findPhoneBySearch,
  findOrAddPhone,
  findOrAddPhones,
  lockPhones,
} from "./phones.ts";
export { queueRejudgement } from "./queue-rejudgement.ts";
