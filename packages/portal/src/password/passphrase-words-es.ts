/** Plain Spanish words without accents or ñ, so that any keyboard can type them; none a name or rude. Each one once. */
export const passphraseWords: readonly string[] = `
abanico abedul abeja abejorro abeto abrazo abrigo abuela abuelo acacia aceite aceituna acera acero
acorde actor acuarela acuario adobe adorno aduana agenda agua aguacate aguja ajedrez ala alambre alameda
alba albahaca albaricoque albergue alcachofa alcalde alcoba aldea alegre alerce alero aleta alfalfa
alfarero alfiler alfombra alga almanaque almendra almendro almirante almohada alondra alpaca altavoz
altillo altura alumno amapola amarillo amatista amigo amistad ancho ancla andamio anillo animal antena
anteojo antorcha anzuelo apio aplauso apunte arado arandela arbusto arcilla arco ardilla arena argolla
armario aroma arpa arquero arrecife arroyo arroz artesano artista asiento astilla astro atalaya atleta
atril aurora avellana avena avenida avestruz avispa avispero azafata azahar azotea azucena azufre azul
azulejo bailarina baile balanza baldosa ballena balneario balsa bambalina banca banco banda bandeja
bandera banjo barandilla barba barca barco barniz barquillo barra barranco barrera barril barrio barro
bastidor batidora batuta bebida becerro bellota bengala berenjena berro biblioteca bicicleta bigote
billete bisagra bizcocho blanco blusa bocado bodega boina bola bolero boleto bolsa bolsillo bombero
bombilla bordado borde borrador bosque bota bote botella botijo boya brasa brazalete brezo brillante
brisa broca brocha broche broma bronce brote bruma bucle buey bufanda burbuja burrito butaca buzo
caballo cabina cable cabra cacao cacerola cacto cadena cadera cafetera caja cala calabaza calamar
calandria caldera caldero caldo calendario calesa caliza calle calma camarote cambio camello camilla
camino camisa campana campeon campo canal canario canasta candado candela candil canela cangrejo canguro
canica canoa cantante cantero cantina canto capa capricho capucha caracol caramelo caravana cardo careta
caribe carnaval carpa carpeta carpintero carrera carreta carrete carretera carril carro carroza carta
cartel cartero casa cascabel cascada casco caseta casilla castillo castor catarata catedral cazuela
cebada cebolla cebra cedro ceja celeste cemento cena cencerro ceniza centavo centeno centro cepillo cera
cerca cereal cereza cerilla cerradura cerro certeza cesta cesto cielo ciencia ciervo cigarra cima cine
cinta cintura circo circuito ciruela cisne cita ciudad clarinete claro clase clavel clavija clavo clima
coche cocina coco codo cofre cohete colcha colegio colgante colina collar colmena color columna columpio
comedia comedor cometa comida concierto conejo congreso copa copla coral corbata corcho cordel cordero
cordillera corneta coro corona corral correa correo corriente corteza cortijo cortina cosecha costa
costura crema cresta cristal cromo cruce cuaderno cuadra cuadrado cuadro cubeta cubo cuchara cuello
cuenco cuenta cuento cuerda cuerno cuesta cueva cultivo cumbre cuna cuota curso curva dado dalia danza
dardo dedal dedo delantal delta deporte desayuno desierto destello destino detalle diadema diamante
diario dibujo diente dilema dique disco disfraz domador domingo dorado ducha duende dulce duna durazno
eclipse edificio ejemplo elefante elipse emblema embudo empanada encaje encina enebro enero ensalada
ensayo entrada envase erizo ermita escala escalera escama escarabajo escarcha escena escoba escolar
escribano escuadra escudo escuela esfera esfinge esmalte esmeralda espacio espalda espejo espiga espiral
esponja espuma esquina establo estaca estadio estambre estampa estanque estante estatua estela estero
estrella estribo estrofa estuche estudio estufa etapa etiqueta expreso fachada faena falda familia
farmacia faro farol favor febrero fecha felpa fibra ficha fideo fiesta figura fila final finca firma
flan flauta flecha flor florero flota fogata folio fondo forja forma fortuna foto frambuesa franja
frasco frase fresa fresco fresno frontera fruta fuego fuelle fuente funda futuro gabinete gacela gafas
gaita galaxia galera galleta gallina gallo ganado gancho ganso garaje garbanzo garra garza gaseosa gato
gaviota gema gemelo geranio gesto gimnasio girasol giro glaciar globo gnomo gol golondrina goma gorila
gorra gota grada granada granero granito granizo granja grano grapa grava grillo gris grosella grumete
grupo guante guinda guisante guitarra habitante hacha hamaca harina hebilla hebra helado helecho heno
hermana hermano herrero hielo hierba hierro higo higuera hilera hilo himno historia hogar hoguera hoja
hombro honda hongo hora horizonte hormiga horno hortensia hotel hoyo huella huerta huerto humo idea
idioma imagen impulso invierno iris isla islote jacinto jaguar jalea jarabe jarra jaula jazmin jengibre
jersey jilguero jinete jirafa jornada joya juego jueves jugador jugo juguete julio junco junio justo
kilo kimono kiosco koala labio labor laboratorio lado ladrillo lagarto lago laguna lana lancha langosta
larga largo lata laurel lavanda lazo leche lechuga lechuza lector lenteja lento leopardo letra letrero
liana libre librero libro liebre lienzo liga lila lima limonada limpio linaje lince linterna lirio lista
litro llama llano llanura llave llavero lluvia lobo loma loro lote loza lugar luna lunar lunes lupa
lustre luz maceta madeja madera madre madreselva madrugada maestra maestro magnolia maleta malla mamut
manada manantial mandarina manga mango mano manta manteca mantel mantequilla manto manual manzana
manzano mapa mapache maqueta mar maraca maravilla marca marco marea marfil margarita marina marino
mariposa mariscal marmota martes martillo marzo masa mayo mazapan mazorca mecedora mechero medalla media
medida medusa mejilla melaza melena membrillo memoria menta mercado merienda mesa meseta meta metal
metro mezcla miel miga mijo milla mimbre mimosa mineral minuto mirador mirlo mitad mochila modelo molde
molino momento moneda montaje monte monumento mora morado morsa mosaico mostaza motor mueble muelle
muleta mundo muralla muro museo musgo nadador naipe naranja naranjo nardo nariz nata natural nave
navegante neblina nevado nevera nido niebla nieto nieve nivel noble noche nogal nombre nopal norte nota
noticia novela noviembre nube nudo nuevo nuez nutria oasis objeto oca ocaso octubre oficina oficio ogro
ojal ojo ola oleaje oliva olivo olla olmo onda orca orden oreja orgullo origen orilla orla ornitorrinco
oro orquesta ortiga oruga osezno oso ostra otero oveja ovillo paella paisaje pajar pala palabra palacio
palanca paleta palma palmera palo paloma pan panadero panal pandereta panel panera pantalla pantano
pantera papa papel paquete paraguas pardo pared pareja parque parra parrilla pasaje pasarela paseo
pasillo paso pasta pastel pastor patata patio pato pausa pavo pavorreal payaso peaje pecera pedal pedazo
peine pelota peluca penacho pendiente pensamiento pepino pepita pera peral percha perdiz perejil perfil
perfume periquito perla perro persona pesca pescado pescador pestillo petunia pez piano pie piedra pila
pilar piloto pimienta pimiento pinar pincel pino pinta pintor pintura pinza piragua pirata piscina piso
pista pistacho pizarra placa plancha planeta plano planta plata plateado plato playa plaza pluma poeta
polea polen pollo pomelo pomo poncho popa porcelana porche portal portero postal poste postre potro pozo
pradera prado precio premio prensa primavera primo princesa prisma proa profesor programa promesa pronto
pueblo puente puerro puerta puerto pulgar pulpo pulsera puma punta puntada puntilla punto pupitre pure
queso quinoa quiosco racimo radio rallador rama ramillete ramo rana rancho rango raqueta rastrillo raya
rayo rebanada rebeca recado receta recinto recodo recreo recta redondo refugio regadera regalo regla
reino reja reloj remanso remo remolacha remolino reno repisa repollo reposo resina resorte respeto resto
retama retrato reverso revista ribera riel rienda rima risa ritmo rizo roble roca rodaja rodilla rojo
rollo romance romero ronda ropa ropero rosa rosal roseta rosquilla rostro rotonda rueda ruido ruina
ruleta rumbo ruta sabio sabor saco sal sala salamandra saldo salero salida salsa salto salud salvia
sandalia sapo sardina sastre sauce savia seda segundo sello selva semana semilla sendero sepia
septiembre serenata sereno serie serpentina serrucho servilleta seta seto siega sierra siesta siglo
signo silbato silencio silla sirena sitio sobre socio soga sol solera solsticio sombra sombrero
sombrilla sonata sonido sonrisa sopa sorbete sorpresa sortija suave subida suelo suerte sur surco
surtidor susurro tabla tablero taburete taco tajo taladro taller tamal tambor tango tanque tapa tapia
tapiz tarde tarea tarima tarjeta tarro tarta taxi taza teatro techo tecla tejado tejo tela telar tema
templo tenedor tenis tenor terciopelo termo ternero ternura terraza terreno tesoro texto tiempo tienda
tierra tigre tijera tilo timbre tinta tintero tira tirante tiza toalla tobillo toldo tomate tomillo
tonel topacio topo torbellino tordo tormenta torneo tornillo toro toronja torre torrente torrija torta
tortilla tortuga tostada trago traje trama tramo trapecio trapo trazo tren trenza trigo trineo trio
triunfo trofeo trompa trompeta trompo tronco tropa trozo trucha trueno trufa tubo tuerca tundra turbante
turno turquesa umbral universo urna urraca uva vainilla vajilla valle valor vals vapor vaquero vara vaso
vecino vega vela velero velo veloz venado venda vendimia ventana ventanal ventisca verano verbena verde
verdura vereda verja verso vestido veta viaje vida vidrio viento viernes viga villa vinagre viola
violeta visera visita vivero volante voz vuelo vuelta yate yelmo yema yerba yesca yeso yoga yogur yunque
zafiro zanahoria zancada zanja zapatilla zapato zarza zarzamora zinc zona zorro zorzal zumbido zumo
zurcido
`
  .trim()
  .split(/\s+/);
