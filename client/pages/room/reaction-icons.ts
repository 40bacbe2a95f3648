// The icons of reactions, beside those of the interface.
export { Brain as Thinking, Heart, Laugh, PartyPopper as Applause, Sparkles as Surprise, ThumbsUp } from 'lucide-react';
