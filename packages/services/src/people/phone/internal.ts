/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { findErasedPhones, rehashErasedPhones } from "./erased-phones.ts";
export { type Person, findPerson, nobody } from "./find-person.ts";
export { type StoredPhone, findPhone, findPhoneBySearch } from "./find-phone.ts";
export { type InternedPhone, internPhone, internPhones } from "./intern-phones.ts";
export { lockPhones } from "./lock-phones.ts";
export { queueRejudgement } from "./queue-rejudgement.ts";
