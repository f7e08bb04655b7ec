import type { Inflection } from './inflection.ts';
import { endingInflection } from './slavic.ts';

/** Polish: case and number endings of nouns and adjectives. */
export const polish: Inflection = endingInflection(
  [
    { ends: 'ość', becomes: ['ości', 'ością', 'ościach', 'ościami', 'ościom'] },
    { ends: 'anin', becomes: ['anina', 'aninem', 'aninowi', 'anie', 'an', 'anom', 'anach', 'anami'] },
    { ends: 'izm', becomes: ['izmu', 'izmem', 'izmowi', 'izmie'] },
    { ends: 'yzm', becomes: ['yzmu', 'yzmem', 'yzmowi', 'yzmie'] },
    { ends: 'ista', becomes: ['isty', 'iście', 'istą', 'istę', 'iści', 'istów', 'istom', 'istach', 'istami'] },
    { ends: 'yk', becomes: ['yka', 'ykiem', 'ykowi', 'yku', 'ycy', 'yków', 'ykom', 'ykach', 'ykami', 'yki'] },
    { ends: 'ik', becomes: ['ika', 'ikiem', 'ikowi', 'iku', 'icy', 'ików', 'ikom', 'ikach', 'ikami', 'iki'] },
    { ends: 'ek', becomes: ['ka', 'kiem', 'kowi', 'ku', 'ki', 'ków', 'kom', 'kach', 'kami'] },
    { ends: 'iec', becomes: ['ca', 'cem', 'cowi', 'cu', 'cy', 'ców', 'com', 'cach', 'cami'] },
    { ends: 'ka', becomes: ['ki', 'ce', 'kę', 'ką', 'ek', 'kom', 'kach', 'kami'] },
    { ends: 'ia', becomes: ['ii', 'ię', 'ią', 'iom', 'iach', 'iami', 'ie'] },
    { ends: 'a', becomes: ['y', 'i', 'ie', 'ę', 'ą', 'om', 'ach', 'ami', 'e', ''] },
    { ends: 'nie', becomes: ['nia', 'niem', 'niu', 'niom', 'niach', 'niami', 'ń'] },
    { ends: 'o', becomes: ['a', 'u', 'em', 'ie', 'om', 'ach', 'ami', ''] },
    { ends: 'e', becomes: ['a', 'u', 'em', 'om', 'ach', 'ami', 'i'] },
    { ends: 'y', becomes: ['ego', 'ej', 'emu', 'ym', 'ych', 'ymi', 'a', 'ą', 'e', 'i'] },
    { ends: 'i', becomes: ['iego', 'iej', 'iemu', 'im', 'ich', 'imi', 'ia', 'ią', 'ie'] },
    { ends: '', becomes: ['a', 'u', 'em', 'owi', 'ie', 'y', 'i', 'owie', 'ów', 'om', 'ach', 'ami', 'e'] },
  ],
  [
    { ends: 'ny', becomes: ['nego', 'nej', 'nemu', 'nym', 'nych', 'nymi', 'na', 'ną', 'ne', 'ni'] },
    { ends: 'ski', becomes: ['skiego', 'skiej', 'skiemu', 'skim', 'skich', 'skimi', 'ska', 'ską', 'skie', 'scy'] },
    { ends: 'y', becomes: ['ego', 'ej', 'emu', 'ym', 'ych', 'ymi', 'a', 'ą', 'e', 'i', 'zy'] },
    { ends: 'i', becomes: ['iego', 'iej', 'iemu', 'im', 'ich', 'imi', 'a', 'ą', 'ie', 'ia', 'ią'] },
    { ends: 'a', becomes: ['y', 'ego', 'ej', 'ym', 'ych', 'ymi', 'ą', 'e'] },
    { ends: 'e', becomes: ['y', 'ego', 'ej', 'ym', 'ych', 'ymi', 'ą', 'a'] },
  ],
);
