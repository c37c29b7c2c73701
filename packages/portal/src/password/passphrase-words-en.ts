/** Plain words that people can spell, none of them a name or rude. Each one once, in alphabetical order. */
export const passphraseWords: readonly string[] = `
acorn acre actor adobe agent album alder alley almond alpine amber anchor angle ankle anthem antler
anvil apple apricot apron arbor arch arena armor arrow artist aspen atlas attic autumn avenue avocado
awning axis bacon badge badger bagel bakery balcony ballad balloon bamboo banana banjo banner bargain
barley barn barrel basil basin basket bathtub baton beach beacon beagle bean bear beard beaver bedrock
beech beetle bell belt bench beret berry bicycle biplane birch bird biscuit bison blanket blizzard
blossom blouse bluebell blueberry board boat bobcat bonfire bonnet book boot border bottle boulder bowl
bracelet bracket bramble branch brass bread breeze brick bridge broccoli bronze brook broom brother
brush bubble bucket buckle buffalo bugle bundle bunny burger burrow bush butter button cabbage cabin
cabinet cable cactus cafe cake calendar camel camera camp canal canary candle candlestick candy canoe
canteen canvas canyon caper captain caramel caravan cardinal cargo cargoship carpet carrot cart carton
cascade cashew castle catfish cattle cauldron cave cedar celery cello cement cereal chalk chamber
chandelier channel chapel charcoal charm cheddar cheese cherry chess chest chestnut chicken chimney
chipmunk chisel chorus chrome cider cinema cinnamon circle circus citrus city clam clarinet classic
clay cliff climber clipper cloak clock cloud clover cluster coach coast cobalt cobbler cockpit cocoa
coconut coffee coil coin collar colony comet compass concert condor cookie copper coral corner cornfield
cottage cotton cougar council country county cousin cove cowboy cradle cranberry crane crater crayon
cream creek cricket crimson crocus crossing crown cruise crystal cucumber cup cupboard curtain curve
cushion custard cycle cypress daffodil dairy daisy dancer dandelion dashboard dawn daybreak deck deer
delta denim depot desert desk dessert dial diamond diary diesel dinner dipper ditch diver dock doctor
dolphin domino donkey door doorbell doorway dough dove dragon drawer dream drift driftwood drum drummer
duck dune dusk dust eagle earring earth easel echo eclipse edge editor eggplant elbow elder elephant
elevator elk elm ember emerald engine envelope equator estuary evening evergreen fabric falcon family
farmer farmhouse father faucet feather fence fennel fern ferret ferry fiddle fiddler field fig filter
finch finger fir firefly fireplace fisher fjord flag flame flamingo flannel flask flint flock floor
florist flour flower flute foam fog folder foothill footpath forest fork fortress fossil fountain fox
frame freckle freezer friend frog frost fruit funnel furnace gadget galaxy gallery gallon garage garden
gardener garlic gate gazebo gazelle gecko gem general geyser ginger giraffe glacier glass glider globe
glove glue goat goblet goggles gold goldfish goose gopher gorge grain grandma grandpa granite grape
grapefruit grass gravel gravy greenhouse grotto grove guitar gull gum guppy gutter hallmark hallway
hammer hammock hamster handbag handle harbor hare harmonica harp harvest hat hawk hay hazel headlight
heart heather hedge hedgehog helicopter helmet hen herald herb heron hickory highway hiker hill hillside
hinge hippo hive hollow holly honey honeycomb hood hook horizon horn hornet horse hotel hound hourglass
house hummus hunter husky hut hyacinth ice icicle igloo inch indigo ink inlet insect iris iron island
ivory ivy jacket jaguar jam jar jasmine jasper jay jelly jellyfish jersey jewel jigsaw jockey journal
journey jug juice jungle juniper jury kale kangaroo kayak kelp kennel kernel kettle keyboard keyhole
kingdom kitchen kite kitten kiwi knapsack knee knight knitwear knot koala label lace ladder ladybug
lagoon lake lakeside lamb lamp lantern lapel larch lark lasso lattice laurel lava lavender lawn leaf
leather ledge lemon lentil leopard letter lettuce lever library lichen lighthouse lightning lilac lily
lime limestone linen lion lizard llama lobby lobster locket locust lodge log loom lotus lullaby lumber
lunch lynx lyric magnet magnolia magpie mahogany mail mailbox mallet mammoth mandolin mango mantle maple
marble margin marigold marina market marmot maroon marsh marten mask mason mattress meadow meadowlark
medal melody melon mentor merchant mermaid mesa meteor metro midnight mile milk mill mineral mink mint
mirror mist mitten moat mole moment monkey moon moonlight moose morning mosaic moss moth mother motor
mountain mouse mouth mud muffin mule mural museum mushroom music mustang mustard napkin narwhal navy
nectar needle nephew nest nettle newspaper newt nickel night nightfall noodle north notebook notepad
novel nugget nurse nutmeg nutshell nylon oak oar oasis oatmeal oboe ocean octave octopus olive omelet
onion opal opera orange orbit orchard orchestra orchid oregano organ oriole osprey ostrich otter outlet
oval oven owl oxygen oyster paddle page pail paintbrush painter palace palm pancake panda panel pansy
panther papaya paper paprika parachute parade parcel park parlor parrot parsley passport pasta pastry
patch path patio pavement peach peacock peanut pear pearl pebble pecan pedal pelican pencil penguin
peony pepper peppermint perch petal phone photo piano pickle picnic picture pier pigeon pillow pilot
pine pineapple pioneer pipe pistachio pitcher pixel pizza planet plank plaster plate platform platinum
plaza plum plumber plume pocket pocketbook poem poet polar pollen pond pony poplar poppy porch porcupine
port postcard poster potato potter prairie pretzel printer prism propeller puddle puffin pulley puma
pumpkin puppet puppy purple puzzle quail quarry quart quartz queen quiche quicksand quill quilt quince
quiver rabbit raccoon radar radio radish raft rail rain rainbow raincoat raisin rake ranch ranger
raspberry raven ravine razor recipe record reed reef regatta reindeer ribbon rice riddle ridge ring
ripple river riverbank road robin robot rocket roof rooster root rope rose rosemary rover rowboat ruby
rudder rug ruler runner rust rye saddle saffron sage sail sailboat salad salmon salsa salt sand sandal
sandcastle sandwich sapling sapphire satchel satin sauce saucer savanna sawmill scallop scarecrow scarf
school scooter scout screen scroll sculptor seahorse seal seashell season seaweed seed sequoia shade
shadow shark shawl sheep shelf shell shepherd sherbet shield ship shirt shoe shore shovel shower shrimp
shrub shutter sidewalk signal signpost silk silver singer sister skate sketch skillet skirt sky skylark
slate sled sleeve slipper slope smoke snail snow snowball snowflake soap soccer socket sofa soil solar
songbird sonnet soup south spaceship spade spaniel spark sparrow spatula spice spider spinach spiral
sponge spoon spotlight spring sprout spruce squash squid squirrel stable stadium stagecoach staircase
stall stamp star starfish starlight station statue steam steamboat steel stem stencil steppe stew
stirrup stone stool stork storm stove straw stream street studio suburb subway sugar suitcase summer
summit sun sundial sunflower sunrise sunset surfer swallow swamp swan sweater swing sycamore symbol
syrup table tablecloth tablet tadpole tailor tambourine tangerine tango tapestry target tarragon tart
tavern teacher teacup teak teapot teaspoon telescope temple tennis tent terrace theater thicket thimble
thistle thorn thread throne thumb thunder thyme ticket tide tiger tile timber tin toad toast toaster
tomato toolbox toothbrush topaz torch tortoise toucan towel tower town tractor trail train trapeze
tray treasure treehouse treetop trellis trench triangle tribe trolley trophy trout trowel truck trumpet
trunk tuba tugboat tulip tuna tundra tunnel turban turkey turnip turnpike turquoise turtle tuxedo twig
twilight umbrella uncle unicorn uniform urchin valley vanilla vase vault velvet vendor veranda verse
vessel vest village vine vinegar vineyard violet violin visitor voice volcano voyage wafer waffle wagon
waiter wallpaper walnut walrus waltz warbler washer water waterfall watermelon wave weasel weaver wedge
west whale wharf wheat wheel wheelbarrow whistle willow wind windmill window winter wire wizard wolf
wombat wood woodland wool workshop wren wrench writer yacht yak yam yard yarn year yogurt yolk zebra
zenith zephyr zigzag zinc zipper zone zoo zucchini
`
  .trim()
  .split(/\s+/);
