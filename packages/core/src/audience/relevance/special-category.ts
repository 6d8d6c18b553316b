/**
 * Beginnings of words for special categories, which must not be used for profiling (GDPR articles 9 and 10;
 * Russian law 152-FZ, articles 10 and 11): origin, politics, belief, unions, genetics, biometrics, health,
 * sex, crime.
 */
const wordBeginnings = (
  "ethnic racial nationalit migrant refugee politic voter ideolog relig faith islam muslim jewish judais " +
  "christian catholic protestant orthodox buddh hindu atheis genetic genom biometr fingerprint health " +
  "medic disease illness diagnos disab handicap pregnan pharma prescription cancer oncolog diabet allerg " +
  "patient therap psych depress surger surgic surgeon clinic insulin sexual lesbian bisexual transgender " +
  "lgbt erotic crimin convict offence offens " +
  "этнич этнос национальност расов мигрант беженец беженк политич избирател идеолог религ вероисповед " +
  "церк ислам мусульман иуде еврей христиан католи православ будди индуи атеис профсоюз генетич геном " +
  "биометр отпечат здоров медиц болезн заболев диагноз инвалид беремен аптек лекарств рецепт онколог " +
  "диабет аллерг пациент терапи психи депресс хирург больниц клиник инсулин сексуал интим ориентац лесби " +
  "трансгендер судим преступ"
).split(" ");

/** Whole words, because other words share their beginning. */
const wholeWords = new Set(
  (
    "race races sex union unions party church churches jew jews gay dna hiv aids ill sick drug drugs " +
    "hospital hospitals раса расы вера пол партия союз гей геи днк вич больной больная"
  ).split(" "),
);

/** True if a name or value suggests a special category. When in doubt, true. */
export function isSpecialCategory(text: string): boolean {
  const words = text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return words.some(
    (word) => wholeWords.has(word) || wordBeginnings.some((begin) => word.startsWith(begin)),
  );
}
