import { foldWord } from './fold.ts';

/** Short words that tell the language of a name, by ISO 639-1 code. A word may belong to several. */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: 'the of and for with who in on at by from to my your their our is are was were have has had that this these those not more about into than or an it its be been as will can how what why when where i we you he she they his her him me us all no new',
  es: 'el la los las de del y en con para por que sin sobre una unos unas su sus mi mis más muy como desde hasta según contra entre nuestro nuestra es son está están',
  pt: 'o os de do da dos das com para por que sem sobre uma uns umas seu sua seus suas meu minha mais muito como desde até entre nosso nossa é são está em no na nos nas ao aos à às e',
  fr: 'le les des du de la et avec pour par sans sur une un aux au dans chez entre notre nos votre vos leur leurs mon ma mes son sa ses qui que est sont en ou où très plus',
  de: 'der die das und mit für von ohne über unter im am zum zur bei aus nach vor ein eine einer eines den dem des ist sind nicht oder auf mein meine sein ihre wir ich sie auch',
  it: 'il la lo gli di del della dei degli delle con per senza su una uno nel nella tra fra che è sono e mio mia suo sua loro nostro al alla ai agli alle da dal dalla più',
  nl: 'de het een en van met voor zonder over onder bij uit naar op aan te ten ter zijn is niet of mijn onze hun ook die dat',
  pl: 'w z i do na dla bez o od po za przez przy nad pod przed jest są nie lub oraz się mój nasz ich jak',
  tr: 've ile için bir bu şu o da de ki mi çok en olan gibi kadar sonra önce veya ya değil',
  id: 'dan dengan untuk yang di ke dari pada oleh tanpa atau ini itu adalah para tidak bukan saya kami',
  sv: 'och med för utan över under av till från ett en den det som är inte eller på i vid min vår deras',
  vi: 'và với cho của không là các những người trong trên',
};

/** Languages of each function word, folded. */
export const LANGUAGES_OF_FUNCTION_WORDS: ReadonlyMap<string, readonly string[]> = (() => {
  const languages = new Map<string, string[]>();
  for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
    for (const word of words.split(' ')) {
      const key = foldWord(word);
      languages.set(key, [...(languages.get(key) ?? []), language]);
    }
  }
  return languages;
})();
