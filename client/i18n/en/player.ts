// The texts of one language for whoever watches a recording, or looks back at a class.
import recording from './recording.json';
import editing from './recording-edit.json';
import viewing from './viewing.json';

const texts = { ...recording, ...editing, ...viewing };

export default texts;
