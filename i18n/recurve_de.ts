<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Recurve</name>
    <message>
        <source>Classify and correct</source>
        <translation>Klassifizieren und korrigieren</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Klassifikation</translation>
    </message>
    <message>
        <source>Classifies an image with a convolutional network and corrects the map with a recurrent one.</source>
        <translation>Klassifiziert ein Bild mit einem faltenden neuronalen Netz und korrigiert die Karte mit einem rekurrenten.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Corrector (empty: the classifier&apos;s)</source>
        <translation>Korrektor (leer: der zum Klassifikator gehörende)</translation>
    </message>
    <message>
        <source>Extent (empty: the whole image)</source>
        <translation>Ausdehnung (leer: das ganze Bild)</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>The part of the image to classify: the pixels whose centre is in it. The map has the image&apos;s pixels there, neither shifted nor resampled. Empty: the whole image.</source>
        <translation>Der zu klassifizierende Teil des Bildes: die Pixel, deren Mittelpunkt darin liegt. Die Karte hat dort die Pixel des Bildes, weder verschoben noch neu berechnet. Leer: das ganze Bild.</translation>
    </message>
    <message>
        <source>Polygons: only pixels whose centre is in one of them get a class, and tiles without any are skipped. Empty: all pixels.</source>
        <translation>Polygone: Nur Pixel, deren Mittelpunkt in einem von ihnen liegt, erhalten eine Klasse; Kacheln ohne solche Pixel werden übersprungen. Leer: alle Pixel.</translation>
    </message>
    <message>
        <source>Where the networks run. auto: the fastest one that works on this computer. A named one is used or the algorithm stops and says why; it never falls back in silence. In qgis_process and scripts the name is given: DEVICE=CPU.</source>
        <translation>Worauf die Netze rechnen. auto: das schnellste Gerät, das auf diesem Computer funktioniert. Ein ausdrücklich gewähltes wird verwendet, oder der Algorithmus bricht ab und nennt den Grund; er weicht nie stillschweigend auf ein anderes aus. In qgis_process und in Skripten wird der Name angegeben: DEVICE=CPU.</translation>
    </message>
    <message>
        <source>The map, a GeoTIFF on the image&apos;s grid: 1, 2, 3, ... are the classes in the classifier&apos;s order, 0 is no data. Class names, colours and how the map was made are in the file.</source>
        <translation>Die Karte, ein GeoTIFF im Pixelgitter des Bildes: 1, 2, 3, ... sind die Klassen in der Reihenfolge des Klassifikators, 0 bedeutet keine Daten. Klassennamen, Farben und die Entstehung der Karte sind in der Datei festgehalten.</translation>
    </message>
    <message>
        <source>How sure the networks are of the class of each pixel: 0 to 100 %, 255 where there is no data.</source>
        <translation>Wie sicher sich die Netze der Klasse jedes Pixels sind: 0 bis 100 %; 255, wo es keine Daten gibt.</translation>
    </message>
    <message>
        <source>The score of each class (the numbers before softmax), after correction: one band per class, NaN where there is no data.</source>
        <translation>Die Bewertung jeder Klasse (die Zahlen vor dem Softmax) nach der Korrektur: ein Kanal je Klasse, NaN, wo es keine Daten gibt.</translation>
    </message>
    <message>
        <source>Describe network</source>
        <translation>Netz beschreiben</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Shows what a network says about itself, the devices and versions here, and how its self-test does on each device.</source>
        <translation>Zeigt, was ein Netz über sich selbst sagt, welche Geräte und Versionen es hier gibt und wie sein Selbsttest auf jedem Gerät ausfällt.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation>HTML-Dateien (*.html)</translation>
    </message>
    <message>
        <source>Devices on which the network runs</source>
        <translation>Geräte, auf denen das Netz läuft</translation>
    </message>
    <message>
        <source>Result of the self-test on each device</source>
        <translation>Ergebnis des Selbsttests auf jedem Gerät</translation>
    </message>
    <message>
        <source>The report as a page, for the Results Viewer and for others; the log shows the same.</source>
        <translation>Der Bericht als Seite, für die Ergebnisanzeige und zum Weitergeben; das Protokoll zeigt dasselbe.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>In which numbers the networks compute. auto: fp16 (half precision) on a graphics card where the networks&apos; self-test shows that at least 99.9 % of the pixels keep their class, else fp32. fp16 needs the Python package onnx beside ONNX Runtime. A named precision is used or the algorithm stops and says why.</source>
        <translation>In welchen Zahlen die Netze rechnen. auto: fp16 (halbe Genauigkeit) auf einer Grafikkarte, wenn der Selbsttest der Netze zeigt, dass mindestens 99,9 % der Pixel ihre Klasse behalten, sonst fp32. fp16 braucht neben ONNX Runtime das Python-Paket onnx. Eine genannte Genauigkeit wird verwendet, oder der Algorithmus hält an und sagt, warum.</translation>
    </message>
    <message>
        <source>Gives each pixel of an image a class with a convolutional network (the classifier) and then corrects the map with a recurrent network (the corrector), which has learned to move class boundaries onto the edges of the image. The image is read tile by tile, so it may be of any size; the map does not depend on the tiles, unless the classifier looks farther than a tile can (the log says so).</source>
        <translation>Gibt jedem Pixel eines Bildes mit einem faltenden neuronalen Netz (dem Klassifikator) eine Klasse und korrigiert die Karte dann mit einem rekurrenten Netz (dem Korrektor), das gelernt hat, Klassengrenzen auf die Kanten des Bildes zu schieben. Das Bild wird Kachel für Kachel gelesen und darf daher beliebig groß sein; die Karte hängt nicht von den Kacheln ab, es sei denn, der Klassifikator sieht weiter, als eine Kachel reichen kann (das Protokoll sagt es dann).</translation>
    </message>
    <message>
        <source>Animate correction</source>
        <translation>Korrektur animieren</translation>
    </message>
    <message>
        <source>Assessment</source>
        <translation>Beurteilung</translation>
    </message>
    <message>
        <source>Makes an animated picture of a map as it is corrected, beside its image.</source>
        <translation>Erzeugt ein animiertes Bild einer Karte während ihrer Korrektur, neben ihrem Bild.</translation>
    </message>
    <message>
        <source>animation,gif,apng,webp,iterations,correction,picture</source>
        <translation>Animation,GIF,APNG,WebP,Iterationen,Korrektur,Abbildung,iterations,correction,picture</translation>
    </message>
    <message>
        <source>Extent (empty: the whole map)</source>
        <translation>Ausdehnung (leer: die ganze Karte)</translation>
    </message>
    <message>
        <source>Seconds for each map</source>
        <translation>Sekunden je Karte</translation>
    </message>
    <message>
        <source>Screen pixels for each pixel</source>
        <translation>Bildschirmpixel je Pixel</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <source>GIF (*.gif);;Animated PNG (*.png);;WebP (*.webp)</source>
        <translation>GIF (*.gif);;Animiertes PNG (*.png);;WebP (*.webp)</translation>
    </message>
    <message>
        <source>Assess maps</source>
        <translation>Karten beurteilen</translation>
    </message>
    <message>
        <source>Tells how accurate maps are, by a reference, and what one made better or worse than another.</source>
        <translation>Zeigt, wie genau Karten nach einer Referenz sind und was die eine besser oder schlechter gemacht hat als die andere.</translation>
    </message>
    <message>
        <source>accuracy,assessment,validation,confusion matrix,iou,f1,kappa,boundary,area estimation,comparison</source>
        <translation>Genauigkeit,Beurteilung,Validierung,Konfusionsmatrix,IoU,F1,Kappa,Klassengrenze,Flächenschätzung,Vergleich,accuracy,assessment,validation,confusion matrix,boundary,area estimation,comparison</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Class field of reference polygons</source>
        <translation>Klassenfeld der Referenzpolygone</translation>
    </message>
    <message>
        <source>Class of all reference polygons, without a field</source>
        <translation>Klasse aller Referenzpolygone, ohne Feld</translation>
    </message>
    <message>
        <source>Unlabelled value of a reference raster (empty: its nodata value, or else 0)</source>
        <translation>Wert ohne Label eines Referenzrasters (leer: sein Leerwert oder sonst 0)</translation>
    </message>
    <message>
        <source>Strata of the area estimates (empty: each map&apos;s classes)</source>
        <translation>Strata der Flächenschätzung (leer: die Klassen jeder Karte)</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON-Dateien (*.json)</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Overall accuracy of the last map</source>
        <translation>Gesamtgenauigkeit der letzten Karte</translation>
    </message>
    <message>
        <source>Mean IoU of the last map</source>
        <translation>Mittlere IoU der letzten Karte</translation>
    </message>
    <message>
        <source>Mean boundary IoU of the last map</source>
        <translation>Mittlere Boundary IoU der letzten Karte</translation>
    </message>
    <message>
        <source>Correct a map</source>
        <translation>Karte korrigieren</translation>
    </message>
    <message>
        <source>Corrects a classification map of any origin with a recurrent network that follows the edges of an image.</source>
        <translation>Korrigiert eine Klassifikationskarte beliebiger Herkunft mit einem rekurrenten Netz, das den Kanten eines Bildes folgt.</translation>
    </message>
    <message>
        <source>Map to correct</source>
        <translation>Zu korrigierende Karte</translation>
    </message>
    <message>
        <source>Kind of map</source>
        <translation>Art der Karte</translation>
    </message>
    <message>
        <source>Corrector</source>
        <translation>Korrektor</translation>
    </message>
    <message>
        <source>Prepare samples</source>
        <translation>Lerndaten vorbereiten</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Cuts an image and its labels into a sample set, from which networks learn.</source>
        <translation>Zerlegt ein Bild und seine Labels in einen Lerndatensatz, aus dem Netze lernen.</translation>
    </message>
    <message>
        <source>Bands (empty: all)</source>
        <translation>Kanäle (leer: alle)</translation>
    </message>
    <message>
        <source>Field with the class (empty: all labels are of one class)</source>
        <translation>Feld mit der Klasse (leer: alle Labels gehören zu einer Klasse)</translation>
    </message>
    <message>
        <source>Classes in order (empty: as the layer shows them)</source>
        <translation>Klassen in ihrer Reihenfolge (leer: wie der Layer sie darstellt)</translation>
    </message>
    <message>
        <source>Width of lines in metres</source>
        <translation>Breite der Linien in Metern</translation>
    </message>
    <message>
        <source>Field with the width of lines in metres</source>
        <translation>Feld mit der Breite der Linien in Metern</translation>
    </message>
    <message>
        <source>Largest chip side in pixels</source>
        <translation>Größte Kantenlänge eines Chips in Pixeln</translation>
    </message>
    <message>
        <source>Simulated misregistration of training labels in metres</source>
        <translation>Simulierter Lagefehler der Trainingslabels in Metern</translation>
    </message>
    <message>
        <source>Simulated omission of training labels in percent</source>
        <translation>Simulierte Auslassung von Trainingslabels in Prozent</translation>
    </message>
    <message>
        <source>Sample set</source>
        <translation>Lerndatensatz</translation>
    </message>
    <message>
        <source>Number of chips</source>
        <translation>Anzahl der Chips</translation>
    </message>
    <message>
        <source>Labelled training pixels</source>
        <translation>Trainingspixel mit Label</translation>
    </message>
    <message>
        <source>Labelled validation pixels</source>
        <translation>Validierungspixel mit Label</translation>
    </message>
    <message>
        <source>Train classifier</source>
        <translation>Klassifikator trainieren</translation>
    </message>
    <message>
        <source>Trains a convolutional network on sample sets, to classify images with.</source>
        <translation>Trainiert ein faltendes neuronales Netz mit Lerndatensätzen, um damit Bilder zu klassifizieren.</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Glättung der Labels</translation>
    </message>
    <message>
        <source>Classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>Train corrector</source>
        <translation>Korrektor trainieren</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation>Verborgene Einheiten</translation>
    </message>
    <message>
        <source>Sample sets</source>
        <translation>Lerndatensätze</translation>
    </message>
    <message>
        <source>Epochs, at most</source>
        <translation>Epochen, höchstens</translation>
    </message>
    <message>
        <source>Name of the network (empty: the file&apos;s)</source>
        <translation>Name des Netzes (leer: der der Datei)</translation>
    </message>
    <message>
        <source>ONNX files (*.onnx)</source>
        <translation>ONNX-Dateien (*.onnx)</translation>
    </message>
    <message>
        <source>Mean IoU on the validation chips</source>
        <translation>Mittlere IoU auf den Validierungschips</translation>
    </message>
    <message>
        <source>The image that was classified.</source>
        <translation>Das Bild, das klassifiziert wurde.</translation>
    </message>
    <message>
        <source>The maps after each iteration: what Classify and correct or Correct a map writes as the output of that name.</source>
        <translation>Die Karten nach jeder Iteration: was Klassifizieren und korrigieren oder Karte korrigieren als Ausgabe dieses Namens schreibt.</translation>
    </message>
    <message>
        <source>The part to show, at most 2000 pixels wide and high.</source>
        <translation>Der zu zeigende Teil, höchstens 2000 Pixel breit und hoch.</translation>
    </message>
    <message>
        <source>How long each map is shown. The last one stays three times as long.</source>
        <translation>Wie lange jede Karte gezeigt wird. Die letzte bleibt dreimal so lange stehen.</translation>
    </message>
    <message>
        <source>How many pixels of the picture each pixel of the map takes, in both directions.</source>
        <translation>Wie viele Pixel der Animation jedes Pixel der Karte einnimmt, in beiden Richtungen.</translation>
    </message>
    <message>
        <source>The animated picture: .gif (at most 256 colours), .png (APNG, all colours) or .webp (all colours, the smallest file).</source>
        <translation>Das animierte Bild: .gif (höchstens 256 Farben), .png (APNG, alle Farben) oder .webp (alle Farben, die kleinste Datei).</translation>
    </message>
    <message>
        <source>Tells how accurate maps are, by a reference of polygons or pixels whose class is known: confusion matrix, overall accuracy, IoU, F1, precision, recall and kappa; how well the boundaries are drawn (boundary IoU and boundary F1 at several tolerances); the area of each class, corrected by the errors the reference shows, with 95 % intervals; and, between maps, what was repaired and what was damaged. The maps are read block by block, so they may be of any size; the figures do not depend on the blocks. Maps and reference may differ in pixels and coordinate system.</source>
        <translation>Zeigt, wie genau Karten sind, nach einer Referenz aus Polygonen oder Pixeln, deren Klasse bekannt ist: Konfusionsmatrix, Gesamtgenauigkeit, IoU, F1, Precision, Recall und Kappa; wie gut die Grenzen gezogen sind (Boundary IoU und Boundary F1 bei mehreren Toleranzen); die Fläche jeder Klasse, berichtigt um die Fehler, die die Referenz zeigt, mit 95-%-Intervallen; und, zwischen Karten, was verbessert und was beschädigt wurde. Die Karten werden Block für Block gelesen und dürfen daher beliebig groß sein; die Kennzahlen hängen nicht von den Blöcken ab. Karten und Referenz dürfen sich in Pixeln und Koordinatensystem unterscheiden.</translation>
    </message>
    <message>
        <source>How far a boundary may be off, in pixels of the map, for boundary IoU and boundary F1; whole numbers with commas between them.</source>
        <translation>Wie weit eine Grenze daneben liegen darf, in Pixeln der Karte, für Boundary IoU und Boundary F1; ganze Zahlen mit Kommas dazwischen.</translation>
    </message>
    <message>
        <source>The report as one page for the Results Viewer, for others and for paper: tables, and pictures where matplotlib is installed.</source>
        <translation>Der Bericht als eine Seite, für die Ergebnisanzeige, zum Weitergeben und zum Drucken: Tabellen, und Abbildungen, wenn matplotlib installiert ist.</translation>
    </message>
    <message>
        <source>The part of the image to correct: the pixels whose centre is in it. Empty: the whole image.</source>
        <translation>Der zu korrigierende Teil des Bildes: die Pixel, deren Mittelpunkt darin liegt. Leer: das ganze Bild.</translation>
    </message>
    <message>
        <source>The image, a raster file of any size in raw values. Pixels without data, by the raster&apos;s nodata value, alpha band or mask, are unlabelled. It may be without georeferencing, but not rotated; without a coordinate reference system its map units (or pixels) count as metres.</source>
        <translation>Das Bild, eine Rasterdatei beliebiger Größe in Rohwerten. Pixel, die laut Leerwert, Alphakanal oder Maske des Rasters keine Daten haben, sind ohne Label. Es darf ohne Georeferenzierung sein, aber nicht gedreht; ohne Koordinatenbezugssystem gelten seine Karteneinheiten (oder Pixel) als Meter.</translation>
    </message>
    <message>
        <source>The image&apos;s bands to learn from, in this order. Empty: all that are not alpha. The classifier will know them by their names in the image.</source>
        <translation>Die Kanäle des Bildes, aus denen gelernt wird, in dieser Reihenfolge. Leer: alle außer Alphakanälen. Der Klassifikator wird sie an ihren Namen im Bild erkennen.</translation>
    </message>
    <message>
        <source>How wide lines are on the ground, in metres: half of it on each side. Needed for lines unless a field tells the width of each.</source>
        <translation>Wie breit Linien auf dem Gelände sind, in Metern: die Hälfte davon auf jeder Seite. Für Linien nötig, es sei denn, ein Feld gibt die Breite jeder einzelnen an.</translation>
    </message>
    <message>
        <source>The field with the width of each line in metres. Lines without a number there have the width above.</source>
        <translation>Das Feld mit der Breite jeder Linie in Metern. Linien ohne Zahl darin haben die oben angegebene Breite.</translation>
    </message>
    <message>
        <source>Largest height and width of a chip, in pixels. Networks learn from patches inside of chips, so a chip should be larger than the patches (128 to 256 pixels).</source>
        <translation>Größte Höhe und Breite eines Chips in Pixeln. Netze lernen aus Ausschnitten innerhalb von Chips, also sollte ein Chip größer sein als die Ausschnitte (128 bis 256 Pixel).</translation>
    </message>
    <message>
        <source>The same seed gives the same split and the same simulated flaws.</source>
        <translation>Derselbe Startwert ergibt dieselbe Aufteilung und dieselben simulierten Mängel.</translation>
    </message>
    <message>
        <source>For studies of imperfect labels: the training labels of each chip are moved in a random direction by up to so many metres. Validation labels stay as they are. Class rasters are moved by whole pixels.</source>
        <translation>Für Untersuchungen zu unvollkommenen Labels: Die Trainingslabels jedes Chips werden in eine zufällige Richtung um bis zu so viele Meter verschoben. Validierungslabels bleiben, wie sie sind. Klassenraster werden um ganze Pixel verschoben.</translation>
    </message>
    <message>
        <source>For studies of imperfect labels: how many percent of the features are left out of the training labels, by chance. Validation labels stay as they are. Not for class rasters.</source>
        <translation>Für Untersuchungen zu unvollkommenen Labels: wie viel Prozent der Objekte in den Trainingslabels zufällig ausgelassen werden. Validierungslabels bleiben, wie sie sind. Nicht für Klassenraster.</translation>
    </message>
    <message>
        <source>One or more sample sets: the folders that Prepare samples made, or the samples.json in them, which the dialog can choose. All must have the same bands and classes and pixels of about the same size. Together they need training and validation chips. In qgis_process: SAMPLES=folder, and once more for each further one.</source>
        <translation>Ein oder mehrere Lerndatensätze: die Ordner, die Lerndaten vorbereiten erzeugt hat, oder die Dateien samples.json darin, die der Dialog auswählen kann. Alle müssen dieselben Kanäle und Klassen und etwa gleich große Pixel haben. Zusammen brauchen sie Trainings- und Validierungschips. In qgis_process: SAMPLES=Ordner, und noch einmal für jeden weiteren.</translation>
    </message>
    <message>
        <source>How many epochs at most.</source>
        <translation>Wie viele Epochen höchstens.</translation>
    </message>
    <message>
        <source>How many patches are learned from in each step. More need more memory and make the steps steadier.</source>
        <translation>Aus wie vielen Ausschnitten in jedem Schritt gelernt wird. Mehr brauchen mehr Speicher und machen die Schritte ruhiger.</translation>
    </message>
    <message>
        <source>none: each labelled pixel counts alike. balanced: each class counts alike, so that rare classes are found more often, and found more often where they are not.</source>
        <translation>none: Jedes Pixel mit Label zählt gleich. balanced: Jede Klasse zählt gleich, sodass seltene Klassen öfter gefunden werden, und auch öfter dort, wo sie nicht sind.</translation>
    </message>
    <message>
        <source>Where the network is trained. auto: CUDA where PyTorch has it, else CPU. A named one is used or the algorithm stops and says why. In qgis_process and scripts the name is given: DEVICE=CPU.</source>
        <translation>Worauf das Netz trainiert wird. auto: CUDA, wenn PyTorch es hat, sonst CPU. Ein ausdrücklich gewähltes Gerät wird verwendet, oder der Algorithmus bricht ab und nennt den Grund. In qgis_process und in Skripten wird der Name angegeben: DEVICE=CPU.</translation>
    </message>
    <message>
        <source>What the network is called in logs and reports. Empty: the name of its file.</source>
        <translation>Wie das Netz in Protokollen und Berichten heißt. Leer: der Name seiner Datei.</translation>
    </message>
    <message>
        <source>Where the network is trained. auto: CUDA where PyTorch has it, else CPU. A named one is used or the algorithm stops and says why. In qgis_process and scripts the name is given: DEVICE=CPU. The scores to correct are always made on the CPU.</source>
        <translation>Worauf das Netz trainiert wird. auto: CUDA, wenn PyTorch es hat, sonst CPU. Ein ausdrücklich gewähltes Gerät wird verwendet, oder der Algorithmus bricht ab und nennt den Grund. In qgis_process und in Skripten wird der Name angegeben: DEVICE=CPU. Die zu korrigierenden Bewertungen werden immer auf der CPU berechnet.</translation>
    </message>
    <message>
        <source>Trains a convolutional network (the classifier) on sample sets, to be used in Classify and correct. It learns from the sets&apos; training chips; after each epoch its map of the validation chips is compared with their labels, and the state with the best mean IoU is what is exported. Training ends early when a quarter of the epochs, and at least 5, brought nothing better. An epoch has as many steps as it takes to show each labelled pixel about 4 times, and 6.5 million pixels at least; small sets are shown more often. It has at least 50 steps and at most 500. Patches are turned, mirrored, made brighter, darker, larger and smaller by chance. A cancelled or interrupted training goes on from its last whole epoch when the same command is run again; its state lies in a hidden file beside the output until the network is there. The same seed gives the same network on the same machine with the same number of threads.</source>
        <translation>Trainiert ein faltendes neuronales Netz (den Klassifikator) mit Lerndatensätzen, zur Verwendung in Klassifizieren und korrigieren. Es lernt aus den Trainingschips der Datensätze; nach jeder Epoche wird seine Karte der Validierungschips mit deren Labels verglichen, und der Stand mit der besten mittleren IoU wird exportiert. Das Training endet früher, wenn ein Viertel der Epochen, und mindestens 5, nichts Besseres gebracht hat. Eine Epoche hat so viele Schritte, dass jedes gelabelte Pixel etwa 4-mal gezeigt wird, und mindestens 6,5 Millionen Pixel; kleine Lerndatensätze werden öfter gezeigt. Sie hat mindestens 50 und höchstens 500 Schritte. Ausschnitte werden zufällig gedreht, gespiegelt, heller, dunkler, größer und kleiner gemacht. Ein abgebrochenes oder unterbrochenes Training geht ab seiner letzten ganzen Epoche weiter, wenn derselbe Befehl erneut ausgeführt wird; sein Stand liegt in einer versteckten Datei neben der Ausgabe, bis das Netz da ist. Derselbe Startwert ergibt dasselbe Netz auf demselben Rechner mit derselben Anzahl von Threads.</translation>
    </message>
    <message>
        <source>Reference (polygons)</source>
        <translation>Referenz (Polygone)</translation>
    </message>
    <message>
        <source>deep learning,machine learning,neural network,cnn,rnn,onnx,segmentation,land cover,classification,building,footprint,roof,orthophoto,aerial image,satellite image</source>
        <translation>Deep Learning,maschinelles Lernen,neuronales Netz,CNN,RNN,ONNX,Segmentierung,Landbedeckung,Klassifikation,Gebäude,Grundriss,Dach,Orthofoto,Luftbild,Satellitenbild,machine learning,neural network,segmentation,land cover,classification,building,footprint,roof,orthophoto,aerial image,satellite image</translation>
    </message>
    <message>
        <source>Pretrained network</source>
        <translation>Vortrainiertes Netz</translation>
    </message>
    <message>
        <source>correction,post-processing,smooth,sharpen,majority filter,boundaries,edges,rnn,onnx,machine learning,segmentation,land cover,building,footprint,map</source>
        <translation>Korrektur,Nachbearbeitung,glätten,schärfen,Mehrheitsfilter,Klassengrenzen,Kanten,RNN,ONNX,maschinelles Lernen,Segmentierung,Landbedeckung,Gebäude,Grundriss,Dach,Karte,correction,post-processing,smooth,sharpen,majority filter,boundaries,edges,machine learning,segmentation,land cover,building,footprint,map</translation>
    </message>
    <message>
        <source>network,contract,metadata,self-test,onnx,gpu,cuda,device,install,installation,diagnostics,bug report</source>
        <translation>Netz,Metadaten,Selbsttest,ONNX,GPU,CUDA,Gerät,Grafikkarte,installieren,Installation,Diagnose,Fehlerbericht,network,contract,metadata,self-test,device,install,diagnostics,bug report</translation>
    </message>
    <message>
        <source>Buildings to polygons</source>
        <translation>Gebäude in Polygone umwandeln</translation>
    </message>
    <message>
        <source>Train and classify</source>
        <translation>Trainieren und klassifizieren</translation>
    </message>
    <message>
        <source>Classifier (empty: pretrained for buildings)</source>
        <translation>Klassifikator (leer: der vortrainierte für Gebäude)</translation>
    </message>
    <message>
        <source>Smallest part in pixels</source>
        <translation>Kleinster Teil in Pixeln</translation>
    </message>
    <message>
        <source>Simplify by up to (metres)</source>
        <translation>Vereinfachen um bis zu (Meter)</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <source>Class of the labels</source>
        <translation>Klasse der Labels</translation>
    </message>
    <message>
        <source>Epochs of the classifier</source>
        <translation>Epochen des Klassifikators</translation>
    </message>
    <message>
        <source>Epochs of the corrector</source>
        <translation>Epochen des Korrektors</translation>
    </message>
    <message>
        <source>Example models</source>
        <translation>Beispielmodelle</translation>
    </message>
    <message>
        <source>building,footprint,roof,digitize,vectorize,orthophoto,machine learning,deep learning</source>
        <translation>Gebäude,Grundriss,Dach,digitalisieren,vektorisieren,Orthofoto,maschinelles Lernen,Deep Learning,building,footprint,roof,digitize,vectorize,orthophoto,machine learning</translation>
    </message>
    <message>
        <source>An example of what a model makes of Recurve&apos;s algorithms; it can be opened in the model designer.</source>
        <translation>Ein Beispiel dafür, was ein Modell aus den Algorithmen von Recurve macht; es lässt sich im Modellentwurf öffnen.</translation>
    </message>
    <message>
        <source>Open in model designer…</source>
        <translation>Im Modellentwurf öffnen…</translation>
    </message>
    <message>
        <source>Recurve needs the Python package onnxruntime, which this QGIS has not got (with an NVIDIA GPU, take onnxruntime-gpu in its place). Run this command in {shell}, then try again:</source>
        <translation>Recurve braucht das Python-Paket onnxruntime, das in diesem QGIS fehlt (mit einer NVIDIA-GPU nehmen Sie stattdessen onnxruntime-gpu). Führen Sie diesen Befehl in {shell} aus und versuchen Sie es dann erneut:</translation>
    </message>
    <message>
        <source>Training needs the Python packages {packages}, which this QGIS has not got. Run this in {shell}, line by line, then try again:</source>
        <translation>Zum Training werden die Python-Pakete {packages} gebraucht, die in diesem QGIS fehlen. Führen Sie Folgendes Zeile für Zeile in {shell} aus und versuchen Sie es dann erneut:</translation>
    </message>
    <message>
        <source>the OSGeo4W Shell of the Start menu (in PowerShell, with &amp; and a space before it)</source>
        <translation>der OSGeo4W Shell des Startmenüs (in PowerShell mit &amp; und einem Leerzeichen davor)</translation>
    </message>
    <message>
        <source>a terminal</source>
        <translation>einem Terminal</translation>
    </message>
    <message>
        <source>training,samples,labels,chips,tiles,dataset,digitize,digitise,annotation,deep learning,machine learning</source>
        <translation>Training,Lerndaten,Labels,Chips,Kacheln,Datensatz,digitalisieren,Digitalisierung,Annotation,Deep Learning,maschinelles Lernen,samples,tiles,dataset,digitize,digitise,machine learning</translation>
    </message>
    <message>
        <source>Labels (polygons or lines)</source>
        <translation>Labels (Polygone oder Linien)</translation>
    </message>
    <message>
        <source>train,fine-tune,deep learning,machine learning,neural network,cnn,u-net,pytorch,samples,classifier</source>
        <translation>trainieren,Feinabstimmung,Deep Learning,maschinelles Lernen,neuronales Netz,CNN,U-Net,PyTorch,Lerndaten,Klassifikator,train,fine-tune,machine learning,neural network,samples,classifier</translation>
    </message>
    <message>
        <source>train,deep learning,machine learning,neural network,rnn,pytorch,samples,corrector,refine,boundaries,smooth</source>
        <translation>trainieren,Deep Learning,maschinelles Lernen,neuronales Netz,RNN,PyTorch,Lerndaten,Korrektor,verfeinern,Klassengrenzen,glätten,train,machine learning,neural network,samples,corrector,refine,boundaries,smooth</translation>
    </message>
    <message>
        <source>Pretrained network whose maps it will correct</source>
        <translation>Vortrainiertes Netz, dessen Karten korrigiert werden sollen</translation>
    </message>
    <message>
        <source>Write the corrector even if it does not help</source>
        <translation>Den Korrektor auch schreiben, wenn er nicht hilft</translation>
    </message>
    <message>
        <source>Threads on the CPU (empty: as many as there are free cores)</source>
        <translation>Threads auf der CPU (leer: so viele, wie Kerne frei sind)</translation>
    </message>
    <message>
        <source>The image: a georeferenced raster file with the bands the classifier was trained on; for the pretrained one red, green, blue at 0.2 to 0.4 m.</source>
        <translation>Das Bild: eine georeferenzierte Rasterdatei mit den Kanälen, mit denen der Klassifikator trainiert wurde; für den vortrainierten Rot, Grün, Blau mit Pixeln von 0,2 bis 0,4 m.</translation>
    </message>
    <message>
        <source>Connected parts of the map of fewer pixels are given to the largest part beside them.</source>
        <translation>Zusammenhängende Teile der Karte mit weniger Pixeln werden dem größten Teil neben ihnen zugeschlagen.</translation>
    </message>
    <message>
        <source>How far a simplified border may be from that of the pixels, in metres on the ground, whatever the units of the image&apos;s coordinate reference system. 0: the borders follow the pixels.</source>
        <translation>Wie weit eine vereinfachte Grenze von der der Pixel entfernt sein darf, in Metern auf dem Gelände, unabhängig von den Einheiten des Koordinatenbezugssystems des Bildes. 0: Die Grenzen folgen den Pixeln.</translation>
    </message>
    <message>
        <source>The corrected map with all classes, as Classify and correct makes it.</source>
        <translation>Die korrigierte Karte mit allen Klassen, wie Klassifizieren und korrigieren sie erzeugt.</translation>
    </message>
    <message>
        <source>The polygons of the class, in the image&apos;s coordinate reference system, with the fields class, area_m2 and confidence.</source>
        <translation>Die Polygone der Klasse im Koordinatenbezugssystem des Bildes, mit den Feldern class, area_m2 und confidence.</translation>
    </message>
    <message>
        <source>A classifier of your own, an .onnx file made by Recurve (Train classifier), in place of a pretrained network.</source>
        <translation>Ein eigener Klassifikator, eine von Recurve erzeugte .onnx-Datei (Klassifikator trainieren), anstelle eines vortrainierten Netzes.</translation>
    </message>
    <message>
        <source>One of the networks that come with Recurve. Nothing chosen here nor below: the first of them, where only the devices and versions of this computer are asked for.</source>
        <translation>Eines der mit Recurve gelieferten Netze. Ist weder hier noch darunter etwas gewählt: das erste von ihnen, wenn es nur um die Geräte und Versionen dieses Computers geht.</translation>
    </message>
    <message>
        <source>A network of your own, an .onnx file made by Recurve: a classifier or a corrector.</source>
        <translation>Ein eigenes Netz, eine von Recurve erzeugte .onnx-Datei: ein Klassifikator oder ein Korrektor.</translation>
    </message>
    <message>
        <source>The folder of the sample set. If it holds a sample set of the same bands and classes, the chips are added to it, those it has already excepted; a set of another kind is refused. A run that is cancelled leaves the folder as it was. The dialog offers a new folder beside the saved project, or in the folder Recurve in your documents; a temporary one is deleted when QGIS closes.</source>
        <translation>Der Ordner des Lerndatensatzes. Enthält er einen Lerndatensatz mit denselben Kanälen und Klassen, werden die Chips hinzugefügt, außer denen, die er schon hat; ein Datensatz anderer Art wird abgelehnt. Ein abgebrochener Lauf lässt den Ordner, wie er war. Der Dialog schlägt einen neuen Ordner neben dem gespeicherten Projekt vor oder im Ordner Recurve in Ihren Dokumenten; ein temporärer wird gelöscht, wenn QGIS beendet wird.</translation>
    </message>
    <message>
        <source>The image to learn from and to classify: a georeferenced raster file.</source>
        <translation>Das Bild, aus dem gelernt und das klassifiziert wird: eine georeferenzierte Rasterdatei.</translation>
    </message>
    <message>
        <source>What the labels show; the name of the class in the map.</source>
        <translation>Was die Labels zeigen; der Name der Klasse in der Karte.</translation>
    </message>
    <message>
        <source>What the rest shows; the name of the class in the map.</source>
        <translation>Was der Rest zeigt; der Name der Klasse in der Karte.</translation>
    </message>
    <message>
        <source>How long the classifier learns. Training ends early where nothing gets better.</source>
        <translation>Wie lange der Klassifikator lernt. Das Training endet früher, wenn nichts mehr besser wird.</translation>
    </message>
    <message>
        <source>How long the corrector learns. Training ends early where nothing gets better.</source>
        <translation>Wie lange der Korrektor lernt. Das Training endet früher, wenn nichts mehr besser wird.</translation>
    </message>
    <message>
        <source>The trained classifier, an .onnx file.</source>
        <translation>Der trainierte Klassifikator, eine .onnx-Datei.</translation>
    </message>
    <message>
        <source>The trained corrector, an .onnx file.</source>
        <translation>Der trainierte Korrektor, eine .onnx-Datei.</translation>
    </message>
    <message>
        <source>The corrected map of the whole image.</source>
        <translation>Die korrigierte Karte des ganzen Bildes.</translation>
    </message>
    <message>
        <source>A network that comes with Recurve, to be trained further, which needs fewer labels than a new one. It must have the same bands; where its classes are others, its last layer is made new.</source>
        <translation>Ein mit Recurve geliefertes Netz, das weiter trainiert wird, was weniger Labels braucht als ein neues. Es muss dieselben Kanäle haben; wo seine Klassen andere sind, wird seine letzte Schicht neu gemacht.</translation>
    </message>
    <message>
        <source>In how many threads PyTorch computes on the CPU. Empty: as many as there are cores that nothing else uses when the training begins, within what the system grants this process; the log says how many. The number changes the last digits of the results, and so the network a little: it is kept in the network&apos;s file.</source>
        <translation>In wie vielen Threads PyTorch auf der CPU rechnet. Leer: so viele, wie es Kerne gibt, die zu Beginn des Trainings nichts anderes benutzt, im Rahmen dessen, was das System diesem Prozess zugesteht; das Protokoll nennt die Zahl. Sie ändert die letzten Stellen der Ergebnisse und damit das Netz ein wenig: Sie wird in der Datei des Netzes festgehalten.</translation>
    </message>
    <message>
        <source>The classifier, an .onnx file. It carries its bands, classes, pixel size, the accuracy on the validation chips and a self-test. The dialog offers the folder of the saved project, or the folder Recurve in your documents. A temporary file is deleted when QGIS closes.</source>
        <translation>Der Klassifikator, eine .onnx-Datei. Sie enthält seine Kanäle, Klassen, Pixelgröße, die Genauigkeit auf den Validierungschips und einen Selbsttest. Der Dialog schlägt den Ordner des gespeicherten Projekts vor oder den Ordner Recurve in Ihren Dokumenten. Eine temporäre Datei wird gelöscht, wenn QGIS beendet wird.</translation>
    </message>
    <message>
        <source>An HTML file that opens without a network: curves, accuracy per class, confusion matrix, examples from the validation chips, the settings, and what to do when it looks bad. A place that is left as the dialog offers it is beside the network, under the same name.</source>
        <translation>Eine HTML-Datei, die sich ohne Internet öffnen lässt: Kurven, Genauigkeit je Klasse, Konfusionsmatrix, Beispiele aus den Validierungschips, die Einstellungen und was zu tun ist, wenn es schlecht aussieht. Bleibt der Ort, wie der Dialog ihn vorschlägt, liegt sie neben dem Netz, unter demselben Namen.</translation>
    </message>
    <message>
        <source>A network that comes with Recurve, whose maps the corrector will correct; with the bands and classes of the samples. Give this, a classifier from a file, or a map.</source>
        <translation>Ein mit Recurve geliefertes Netz, dessen Karten der Korrektor korrigieren soll, mit den Kanälen und Klassen der Lerndaten. Anzugeben ist entweder dieses, ein Klassifikator aus einer Datei oder eine Karte.</translation>
    </message>
    <message>
        <source>In place of a pretrained network: the classifier whose maps the corrector will correct, an .onnx file made by Recurve with the bands and classes of the samples.</source>
        <translation>Anstelle eines vortrainierten Netzes: der Klassifikator, dessen Karten der Korrektor korrigieren soll, eine von Recurve erzeugte .onnx-Datei mit den Kanälen und Klassen der Lerndaten.</translation>
    </message>
    <message>
        <source>How often the correction is applied in training. Classify and correct applies it as often as was best on the validation chips, at most so often, unless it is told otherwise.</source>
        <translation>Wie oft die Korrektur im Training angewendet wird. Klassifizieren und korrigieren wendet sie so oft an, wie es auf den Validierungschips am besten war, höchstens so oft wie hier, wenn nichts anderes angegeben ist.</translation>
    </message>
    <message>
        <source>Write the corrector also where it makes the validation map no better. After a training that ended because of that, the same settings with this box ticked write it without training again.</source>
        <translation>Den Korrektor auch dann schreiben, wenn er die Validierungskarte nicht besser macht. Nach einem Training, das deswegen endete, schreiben ihn dieselben Einstellungen mit gesetztem Häkchen, ohne dass erneut trainiert wird.</translation>
    </message>
    <message>
        <source>The corrector, an .onnx file. It carries its bands, classes, pixel size, what it was trained to correct, how often it is best applied, the accuracy on the validation chips and a self-test. The dialog offers the folder of the saved project, or the folder Recurve in your documents. A temporary file is deleted when QGIS closes.</source>
        <translation>Der Korrektor, eine .onnx-Datei. Sie enthält seine Kanäle, Klassen, Pixelgröße, was zu korrigieren er trainiert wurde, wie oft er am besten angewendet wird, die Genauigkeit auf den Validierungschips und einen Selbsttest. Der Dialog schlägt den Ordner des gespeicherten Projekts vor oder den Ordner Recurve in Ihren Dokumenten. Eine temporäre Datei wird gelöscht, wenn QGIS beendet wird.</translation>
    </message>
    <message>
        <source>An HTML file that opens without a network: curves, accuracy per class before and after the correction, confusion matrix, examples with the map after every iteration, the settings, and what to do when it looks bad. A place that is left as the dialog offers it is beside the corrector, under the same name.</source>
        <translation>Eine HTML-Datei, die sich ohne Internet öffnen lässt: Kurven, Genauigkeit je Klasse vor und nach der Korrektur, Konfusionsmatrix, Beispiele mit der Karte nach jeder Iteration, die Einstellungen und was zu tun ist, wenn es schlecht aussieht. Bleibt der Ort, wie der Dialog ihn vorschlägt, liegt sie neben dem Korrektor, unter demselben Namen.</translation>
    </message>
    <message>
        <source>Iterations of the correction (empty: the best in training)</source>
        <translation>Iterationen der Korrektur (leer: die besten des Trainings)</translation>
    </message>
    <message>
        <source>Intermediate maps</source>
        <translation>Zwischenkarten</translation>
    </message>
    <message>
        <source>Background class (empty: not known)</source>
        <translation>Hintergrundklasse (leer: nicht bekannt)</translation>
    </message>
    <message>
        <source>Class table of the maps (empty: by name or value)</source>
        <translation>Klassentabelle der Karten (leer: nach Name oder Wert)</translation>
    </message>
    <message>
        <source>0 is a class of a reference raster</source>
        <translation>0 ist eine Klasse eines Referenzrasters</translation>
    </message>
    <message>
        <source>Boundary tolerances in pixels</source>
        <translation>Toleranzen der Grenzen in Pixeln</translation>
    </message>
    <message>
        <source>Metrics (JSON)</source>
        <translation>Kennzahlen (JSON)</translation>
    </message>
    <message>
        <source>Resample the image to the network&apos;s pixel size</source>
        <translation>Bild auf die Pixelgröße des Netzes umrechnen</translation>
    </message>
    <message>
        <source>Pixel size of a layer from a server (empty: the network&apos;s)</source>
        <translation>Pixelgröße eines Layers von einem Server (leer: die des Netzes)</translation>
    </message>
    <message>
        <source>Class table of the map (empty: as the map says)</source>
        <translation>Klassentabelle der Karte (leer: wie in der Karte angegeben)</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>From the layer</source>
        <translation>Aus dem Layer übernehmen</translation>
    </message>
    <message>
        <source>Tile side in pixels (empty: automatic)</source>
        <translation>Kantenlänge der Kacheln in Pixeln (leer: automatisch)</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Stapelgröße</translation>
    </message>
    <message>
        <source>Learning rate (empty: the architecture&apos;s own)</source>
        <translation>Lernrate (leer: die eigene der Architektur)</translation>
    </message>
    <message>
        <source>Random seed</source>
        <translation>Startwert des Zufalls</translation>
    </message>
    <message>
        <source>Labelled area</source>
        <translation>Gelabeltes Gebiet</translation>
    </message>
    <message>
        <source>Background class (empty: none)</source>
        <translation>Hintergrundklasse (leer: keine)</translation>
    </message>
    <message>
        <source>Validation fraction (0: no validation, 1: nothing but validation)</source>
        <translation>Anteil der Validierung (0: keine Validierung, 1: nur Validierung)</translation>
    </message>
    <message>
        <source>Spatial block size in metres (empty: automatic)</source>
        <translation>Größe der räumlichen Blöcke in Metern (leer: automatisch)</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Pretrained network as initial classifier (fine-tuning)</source>
        <translation>Vortrainiertes Netz als Ausgangsklassifikator (Feinabstimmung)</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>Klassengewichte</translation>
    </message>
    <message>
        <source>Initial corrector (fine-tuning)</source>
        <translation>Ausgangskorrektor (Feinabstimmung)</translation>
    </message>
    <message>
        <source>Filters (empty: the architecture&apos;s own number)</source>
        <translation>Filter (leer: die eigene Anzahl der Architektur)</translation>
    </message>
    <message>
        <source>For a reference raster: the value of unlabelled pixels, beside its own nodata value. Empty: 0 where the raster has no nodata value.</source>
        <translation>Für ein Referenzraster: der Wert von Pixeln ohne Label, neben seinem eigenen Leerwert. Leer: 0, wenn das Raster keinen Leerwert hat.</translation>
    </message>
    <message>
        <source>For images whose pixels are smaller or larger than those the networks were trained on: the networks see the image at their own pixel size, tile by tile, the mean of the pixels that a larger one covers, or values between the pixels&apos; centres. The scores come back to the image&apos;s pixels in the same way, so the map is on the image&apos;s own grid, and pixels without data stay without data. Up to 16 times larger or smaller; the image must be georeferenced. Without it the networks see the image as it is, and the log warns where the size does not fit.</source>
        <translation>Für Bilder, deren Pixel kleiner oder größer sind als die, mit denen die Netze trainiert wurden: Die Netze sehen das Bild in ihrer eigenen Pixelgröße, Kachel für Kachel, als Mittelwert der Pixel, die ein größeres bedeckt, oder als Werte zwischen den Pixelmitten. Die Bewertungen kommen ebenso auf die Pixel des Bildes zurück; die Karte liegt also im Pixelgitter des Bildes, und Pixel ohne Daten bleiben ohne Daten. Bis zu 16-mal größer oder kleiner; das Bild muss georeferenziert sein. Ohne Häkchen sehen die Netze das Bild, wie es ist, und das Protokoll warnt, wenn die Größe nicht passt.</translation>
    </message>
    <message>
        <source>For WMS, WMTS and XYZ layers: the size of the pixels to fetch, in the units of the layer&apos;s coordinate reference system. Empty: the network&apos;s pixel size at the middle of the extent. Of layers made of tiles the nearest size that the server has is taken. The extent has to be given, and only what is in it, and some way around, is fetched; what the server shows transparently is without data. Mind the server&apos;s terms of use.</source>
        <translation>Für WMS-, WMTS- und XYZ-Layer: die Größe der Pixel, die geholt werden, in den Einheiten des Koordinatenbezugssystems des Layers. Leer: die Pixelgröße des Netzes in der Mitte der Ausdehnung. Bei Layern aus Kacheln wird die nächste Größe genommen, die der Server hat. Die Ausdehnung muss angegeben werden, und nur was in ihr und ein Stück um sie herum liegt, wird geholt; was der Server durchsichtig zeigt, ist ohne Daten. Die Nutzungsbedingungen des Servers sind zu beachten.</translation>
    </message>
    <message>
        <source>Largest width and height of a tile, in pixels. Empty: chosen automatically. Smaller tiles need less memory and more time; the map stays the same, unless the log says that tiles are blended.</source>
        <translation>Größte Breite und Höhe einer Kachel in Pixeln. Leer: automatisch gewählt. Kleinere Kacheln brauchen weniger Speicher und mehr Zeit; die Karte bleibt dieselbe, es sei denn, das Protokoll sagt, dass Kacheln überblendet werden.</translation>
    </message>
    <message>
        <source>Largest width and height of a tile, in pixels. Empty: chosen automatically. Smaller tiles need less memory and more time; the map stays the same.</source>
        <translation>Größte Breite und Höhe einer Kachel in Pixeln. Leer: automatisch gewählt. Kleinere Kacheln brauchen weniger Speicher und mehr Zeit; die Karte bleibt dieselbe.</translation>
    </message>
    <message>
        <source>paper: the network of Maggiori et al. (2017), which sees 37 pixels far. u-net: a compact residual U-Net, which sees 66 pixels far and is usually more accurate. Both take any number of bands and classes. With an initial classifier, its architecture is taken.</source>
        <translation>paper: das Netz von Maggiori et al. (2017), das 37 Pixel weit sieht. u-net: ein kompaktes residuales U-Net, das 66 Pixel weit sieht und meist genauer ist. Beide nehmen beliebig viele Kanäle und Klassen. Mit einem Ausgangsklassifikator wird dessen Architektur genommen.</translation>
    </message>
    <message>
        <source>In place of a pretrained network: an initial classifier of your own, an .onnx file made by Recurve, that is trained further.</source>
        <translation>Anstelle eines vortrainierten Netzes: ein eigener Ausgangsklassifikator, eine von Recurve erzeugte .onnx-Datei, der weiter trainiert wird.</translation>
    </message>
    <message>
        <source>How large the steps are at the start; they become smaller to the end. Empty: 0.0005 for paper, 0.001 for u-net, and 0.3 times that for an initial classifier.</source>
        <translation>Wie groß die Schritte am Anfang sind; zum Ende hin werden sie kleiner. Leer: 0.0005 für paper, 0.001 für u-net und das 0.3-Fache davon für einen Ausgangsklassifikator.</translation>
    </message>
    <message>
        <source>The same seed draws the same first weights, the same patches and the same changes of them.</source>
        <translation>Derselbe Startwert zieht dieselben ersten Gewichte, dieselben Ausschnitte und dieselben Veränderungen an ihnen.</translation>
    </message>
    <message>
        <source>deep: learns its own features of the image and sees the scores of all classes; the most accurate where there are labels enough. paper: the one that Maggiori et al. (2017) published, smaller, one set of weights for each class. paper class-agnostic: the same with one set of weights for all classes, for very few labels. With an initial corrector, its architecture and sizes are taken.</source>
        <translation>deep: lernt eigene Merkmale des Bildes und sieht die Bewertungen aller Klassen; am genauesten, wo es genug Labels gibt. paper: die Architektur, die Maggiori et al. (2017) veröffentlicht haben, kleiner, ein Satz Gewichte je Klasse. paper class-agnostic: dieselbe mit einem Satz Gewichte für alle Klassen, für sehr wenige Labels. Mit einem Ausgangskorrektor gelten dessen Architektur und Größen.</translation>
    </message>
    <message>
        <source>How many filters look at the image (deep), or at the scores and at the image (paper). Empty: 24 for deep, 32 for paper. With an initial corrector, as many as it has.</source>
        <translation>Wie viele Filter auf das Bild schauen (deep) oder auf die Bewertungen und auf das Bild (paper). Leer: 24 für deep, 32 für paper. Mit einem Ausgangskorrektor so viele, wie er hat.</translation>
    </message>
    <message>
        <source>How many hidden units decide about the correction. With an initial corrector, as many as it has.</source>
        <translation>Wie viele verborgene Einheiten über die Korrektur entscheiden. Mit einem Ausgangskorrektor so viele, wie er hat.</translation>
    </message>
    <message>
        <source>How large the steps are at the start; they become smaller to the end. Empty: 0.003, or 0.001 for an initial corrector.</source>
        <translation>Wie groß die Schritte am Anfang sind; zum Ende hin werden sie kleiner. Leer: 0.003, oder 0.001 für einen Ausgangskorrektor.</translation>
    </message>
    <message>
        <source>Value of the class to keep</source>
        <translation>Wert der Klasse, die bleiben soll</translation>
    </message>
    <message>
        <source>Coarse labels</source>
        <translation>Grobe Labels</translation>
    </message>
    <message>
        <source>Area of the coarse labels</source>
        <translation>Gebiet der groben Labels</translation>
    </message>
    <message>
        <source>Accurate labels</source>
        <translation>Genaue Labels</translation>
    </message>
    <message>
        <source>Area of the accurate labels</source>
        <translation>Gebiet der genauen Labels</translation>
    </message>
    <message>
        <source>Trains a recurrent network on a few accurate labels, to correct the maps of a classifier or of any origin.</source>
        <translation>Trainiert ein rekurrentes Netz mit wenigen genauen Labels, um die Karten eines Klassifikators oder Karten beliebiger Herkunft zu korrigieren.</translation>
    </message>
    <message>
        <source>For polygons without a field for it: the class of all of them, by name or class value, as building.</source>
        <translation>Für Polygone ohne Feld dafür: die Klasse von allen, nach Name oder Wert, etwa building.</translation>
    </message>
    <message>
        <source>In place of polygons: a raster of class values whose pixels are taken as the truth.</source>
        <translation>Anstelle von Polygonen: ein Raster mit Klassenwerten, dessen Pixel als wahr gelten.</translation>
    </message>
    <message>
        <source>For polygons: the class of what none of them covers, by name or class value, for example background. Give an area on which every object has been drawn, or all of the map that is outside of the polygons counts as background. Polygons without a class are no background. Empty: what no polygon covers does not count.</source>
        <translation>Für Polygone: die Klasse dessen, was keines von ihnen bedeckt, nach Name oder Wert, zum Beispiel background. Dazu gehört ein Gebiet, in dem jedes Objekt gezeichnet wurde, sonst zählt alles in der Karte außerhalb der Polygone als Hintergrund. Polygone ohne Klasse sind kein Hintergrund. Leer: Was kein Polygon bedeckt, zählt nicht.</translation>
    </message>
    <message>
        <source>All metrics (JSON), as docs/assessment_schema.md describes them.</source>
        <translation>Alle Kennzahlen (JSON), wie docs/assessment_schema.md sie beschreibt.</translation>
    </message>
    <message>
        <source>The value in the map of the class that becomes polygons. 2 is building in the pretrained networks for buildings.</source>
        <translation>Der Wert in der Karte für die Klasse, aus der Polygone werden. In den vortrainierten Netzen für Gebäude ist 2 building.</translation>
    </message>
    <message>
        <source>How sure the corrector is of the class of each pixel: 0 to 100 %, 255 where there is no data. A class value in the map to correct counts as 90 % sure.</source>
        <translation>Wie sicher sich der Korrektor der Klasse jedes Pixels ist: 0 bis 100 %, 255, wo es keine Daten gibt. Ein Klassenwert in der zu korrigierenden Karte gilt als zu 90 % sicher.</translation>
    </message>
    <message>
        <source>Shows what a network says about itself (bands, classes, pixel size, receptive field radius, training), the versions of all that takes part, the devices of this computer, NVIDIA&apos;s libraries found or missing, and why a device cannot be used. On each device that can, it runs the self-test that is stored in the network&apos;s file: the scores must be those its author saw. Copy the report when you report a fault. Without ONNX Runtime it shows all but the devices, and how to install it.</source>
        <translation>Zeigt, was ein Netz über sich selbst sagt (Kanäle, Klassen, Pixelgröße, Radius des rezeptiven Feldes, Training), die Versionen aller Beteiligten, die Geräte dieses Computers, welche Bibliotheken von NVIDIA gefunden wurden oder fehlen und warum ein Gerät nicht verwendet werden kann. Auf jedem verwendbaren Gerät läuft der Selbsttest, der in der Datei des Netzes steht: Die Bewertungen müssen die sein, die sein Autor gesehen hat. Kopieren Sie den Bericht, wenn Sie einen Fehler melden; er ist auf Englisch. Ohne ONNX Runtime zeigt er alles außer den Geräten, und wie man es installiert.</translation>
    </message>
    <message>
        <source>Polygons in which the coarse labels are complete: what the labels leave free there is background.</source>
        <translation>Polygone, in denen die groben Labels vollständig sind: Was die Labels dort frei lassen, ist Hintergrund.</translation>
    </message>
    <message>
        <source>Polygons in which the accurate labels are complete. They should not overlap the area of the coarse labels.</source>
        <translation>Polygone, in denen die genauen Labels vollständig sind. Sie sollten das Gebiet der groben Labels nicht überlappen.</translation>
    </message>
    <message>
        <source>Which share of each label is spread over all classes, 0 to 0.5. About 0.1 helps where labels are coarse.</source>
        <translation>Welcher Anteil jedes Labels auf alle Klassen verteilt wird, 0 bis 0.5. Etwa 0.1 hilft, wo Labels grob sind.</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{value}&apos;, and a number is needed here.</source>
        <translation>{parameter} ist &apos;{value}&apos;, und hier wird eine Zahl gebraucht.</translation>
    </message>
    <message>
        <source>The folder {folder} of {parameter} does not exist; create it, or choose another one.</source>
        <translation>Den Ordner {folder} von {parameter} gibt es nicht; legen Sie ihn an oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Maps shown: {count}, of {height} x {width} pixels.</source>
        <translation>Gezeigte Karten: {count}, mit {height} x {width} Pixeln.</translation>
    </message>
    <message>
        <source>The tolerances are &apos;{tolerances}&apos;, and needed are whole numbers from 1 to {largest} with commas between them, as in 1,2,3,5.</source>
        <translation>Die Toleranzen sind &apos;{tolerances}&apos;; gebraucht werden ganze Zahlen von 1 bis {largest} mit Kommas dazwischen, etwa 1,2,3,5.</translation>
    </message>
    <message>
        <source>Fetched from the server: pixels of {size:.6g} map units.</source>
        <translation>Vom Server geholt: Pixel von {size:.6g} Karteneinheiten.</translation>
    </message>
    <message>
        <source>{pixel_size} is given, and {layer} is a file, which is read at its own: leave it empty, or let {resample} bring the image to the network&apos;s pixel size.</source>
        <translation>{pixel_size} ist angegeben, und {layer} ist eine Datei, die mit ihrer eigenen Pixelgröße gelesen wird: Lassen Sie das Feld leer, oder lassen Sie {resample} das Bild auf die Pixelgröße des Netzes bringen.</translation>
    </message>
    <message>
        <source>The extent ({extent}) is outside the image, which covers {covered}; choose an extent that overlaps the image.</source>
        <translation>Die Ausdehnung ({extent}) liegt außerhalb des Bildes, das {covered} bedeckt; wählen Sie eine Ausdehnung, die das Bild überlappt.</translation>
    </message>
    <message>
        <source>The number of bands chosen is {found}, and the {role} {name} needs {needed} ({bands}); choose as many, in this order, or none to leave the choice to the image&apos;s band names.</source>
        <translation>Die Zahl der gewählten Kanäle ist {found}, und der {role} {name} braucht {needed} ({bands}); wählen Sie ebenso viele, in dieser Reihenfolge, oder keine, um die Wahl den Kanalnamen des Bildes zu überlassen.</translation>
    </message>
    <message>
        <source>The number of bands in the image is {found}, and the {role} {name} needs {needed} ({bands}); choose an image with these bands or a {role} trained on images like this one. (A band that the image marks as alpha is not counted; choose the bands yourself to have it used as one.)</source>
        <translation>Die Zahl der Kanäle im Bild ist {found}, und der {role} {name} braucht {needed} ({bands}); wählen Sie ein Bild mit diesen Kanälen oder einen {role}, der mit Bildern wie diesem trainiert wurde. (Ein Kanal, den das Bild als Alphakanal ausweist, zählt nicht mit; wählen Sie die Kanäle selbst, damit er als Kanal gilt.)</translation>
    </message>
    <message>
        <source>The run was stopped; nothing was written.</source>
        <translation>Der Lauf wurde abgebrochen; es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>No feature of the labels {labels} can be used on the image, which covers {covered}; choose labels that overlap it.</source>
        <translation>Kein Objekt der Labels {labels} lässt sich auf dem Bild verwenden, das {covered} bedeckt; wählen Sie Labels, die es überlappen.</translation>
    </message>
    <message>
        <source>Labels of the unknown class &apos;{value}&apos; are left out, and the area there stays unlabelled</source>
        <translation>Labels der unbekannten Klasse &apos;{value}&apos; werden ausgelassen, und das Gebiet dort bleibt ohne Label</translation>
    </message>
    <message>
        <source>Labels without a class are left out, and the area there stays unlabelled</source>
        <translation>Labels ohne Klasse werden ausgelassen, und das Gebiet dort bleibt ohne Label</translation>
    </message>
    <message>
        <source>The class raster {labels} has no data on the image, which covers {covered}; choose one that overlaps it.</source>
        <translation>Das Klassenraster {labels} hat auf dem Bild, das {covered} bedeckt, keine Daten; wählen Sie eines, das es überlappt.</translation>
    </message>
    <message>
        <source>Label pixels whose values are no class ({values}) are left out, and the area there stays unlabelled: {count}.</source>
        <translation>Labelpixel, deren Werte keine Klasse sind ({values}), werden ausgelassen, und das Gebiet dort bleibt ohne Label: {count}.</translation>
    </message>
    <message>
        <source>The layer {labels} comes from QGIS&apos;s &apos;{provider}&apos; provider, and labels are read from files; export the layer as a GeoTIFF and use that.</source>
        <translation>Der Layer {labels} kommt von QGIS&apos; Datenanbieter &apos;{provider}&apos;, und Labels werden aus Dateien gelesen; exportieren Sie den Layer als GeoTIFF und verwenden Sie dieses.</translation>
    </message>
    <message>
        <source>The labels {labels} have the geometry type {kind}, and labels are polygons or lines; choose such a layer, or buffer the points first.</source>
        <translation>Die Labels {labels} haben den Geometrietyp {kind}, und Labels sind Polygone oder Linien; wählen Sie einen solchen Layer, oder puffern Sie die Punkte zuerst.</translation>
    </message>
    <message>
        <source>The labels {labels} have no field {field}; choose one of {fields}.</source>
        <translation>Die Labels {labels} haben kein Feld {field}; wählen Sie eines von {fields}.</translation>
    </message>
    <message>
        <source>The labels {labels} are lines, which have no width of their own; give the width of lines in metres, or the field that holds it.</source>
        <translation>Die Labels {labels} sind Linien, die keine eigene Breite haben; geben Sie die Breite der Linien in Metern an oder das Feld, in dem sie steht.</translation>
    </message>
    <message>
        <source>The classes {classes} are given, and no field that tells which label is of which; choose the field with the class, or give one class beside the background.</source>
        <translation>Die Klassen {classes} sind angegeben, aber kein Feld, das sagt, welches Label zu welcher gehört; wählen Sie das Feld mit der Klasse, oder geben Sie neben dem Hintergrund nur eine Klasse an.</translation>
    </message>
    <message>
        <source>{remark}: {count} (id {ids}).</source>
        <translation>{remark}: {count} (ID {ids}).</translation>
    </message>
    <message>
        <source>Labels without a shape are left out</source>
        <translation>Labels ohne Geometrie werden ausgelassen</translation>
    </message>
    <message>
        <source>Labels that cannot be transformed to the image&apos;s coordinates are left out</source>
        <translation>Labels, die sich nicht in die Koordinaten des Bildes umrechnen lassen, werden ausgelassen</translation>
    </message>
    <message>
        <source>Labels without a width are left out</source>
        <translation>Labels ohne Breite werden ausgelassen</translation>
    </message>
    <message>
        <source>Labels with an invalid shape that cannot be repaired are left out</source>
        <translation>Labels mit einer ungültigen Geometrie, die sich nicht reparieren lässt, werden ausgelassen</translation>
    </message>
    <message>
        <source>Labels with an invalid shape are repaired; please look at them (Check validity)</source>
        <translation>Labels mit einer ungültigen Geometrie wurden repariert; bitte sehen Sie sie an (Gültigkeit prüfen)</translation>
    </message>
    <message>
        <source>Labels outside the image are left out</source>
        <translation>Labels außerhalb des Bildes werden ausgelassen</translation>
    </message>
    <message>
        <source>Choose {field} first: without it all labels are of one class.</source>
        <translation>Wählen Sie zuerst {field}: Ohne das Feld gehören alle Labels zu einer Klasse.</translation>
    </message>
    <message>
        <source>The layer {layer} is not shown in classes, and its file names none.</source>
        <translation>Der Layer {layer} wird nicht in Klassen dargestellt, und seine Datei nennt keine.</translation>
    </message>
    <message>
        <source>The {called} {layer} cannot be reprojected to the image&apos;s coordinates ({error}); reproject the layer to the image&apos;s coordinate reference system and use the result.</source>
        <translation>{called} {layer}: Die Polygone lassen sich nicht in die Koordinaten des Bildes umrechnen ({error}); reprojizieren Sie den Layer in das Koordinatenbezugssystem des Bildes und verwenden Sie das Ergebnis.</translation>
    </message>
    <message>
        <source>The {called} {layer} has no polygon to use; draw or select some, or leave the {called} empty.</source>
        <translation>{called} {layer}: Es gibt kein Polygon zu verwenden; zeichnen oder wählen Sie welche, oder lassen Sie das Feld ({called}) leer.</translation>
    </message>
    <message>
        <source>No polygon of the {called} {layer} ({count} in all) overlaps the part of the image that counts ({covered}); draw or choose polygons there, or leave the {called} empty.</source>
        <translation>{called} {layer}: Keines der Polygone ({count} insgesamt) überlappt den Teil des Bildes, um den es geht ({covered}); zeichnen oder wählen Sie Polygone dort, oder lassen Sie das Feld ({called}) leer.</translation>
    </message>
    <message>
        <source>QGIS cannot show {value} as a raster layer; export it as a GeoTIFF and use that.</source>
        <translation>QGIS kann {value} nicht als Rasterlayer darstellen; exportieren Sie das Raster als GeoTIFF und verwenden Sie dieses.</translation>
    </message>
    <message>
        <source>No {what} was given as {parameter}; choose a raster layer or a file that QGIS can show as one.</source>
        <translation>Für {parameter} ist kein {what} angegeben; wählen Sie einen Rasterlayer oder eine Datei, die QGIS als solchen darstellen kann.</translation>
    </message>
    <message>
        <source>The layer {layer} comes from QGIS&apos;s &apos;{provider}&apos; provider, and Recurve reads files that GDAL can open and, to classify, WMS, WMTS and XYZ layers; export the layer as a GeoTIFF and use that.</source>
        <translation>Der Layer {layer} kommt von QGIS&apos; Datenanbieter &apos;{provider}&apos;, und Recurve liest Dateien, die GDAL öffnen kann, und zum Klassifizieren WMS-, WMTS- und XYZ-Layer; exportieren Sie den Layer als GeoTIFF und verwenden Sie dieses.</translation>
    </message>
    <message>
        <source>No map was given; choose one raster of classes, or several.</source>
        <translation>Es ist keine Karte angegeben; wählen Sie ein Raster mit Klassen oder mehrere.</translation>
    </message>
    <message>
        <source>{layer} has {count} bands, and one is needed: the classes. Extract it first (Raster &gt; Conversion &gt; Rearrange bands).</source>
        <translation>{layer} hat {count} Kanäle, und gebraucht wird einer: der mit den Klassen. Ziehen Sie ihn zuerst heraus (Raster &gt; Konvertierung &gt; Kanäle neu anordnen).</translation>
    </message>
    <message>
        <source>{layer} is not a raster layer; choose a raster of classes.</source>
        <translation>{layer} ist kein Rasterlayer; wählen Sie ein Raster mit Klassen.</translation>
    </message>
    <message>
        <source>The reference {layer} has no polygons; choose polygons or a raster of classes.</source>
        <translation>Die Referenz {layer} hat keine Polygone; wählen Sie Polygone oder ein Raster mit Klassen.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>The polygons {layer} have no field &apos;{field}&apos;</source>
        <translation>Die Polygone {layer} haben kein Feld &apos;{field}&apos;</translation>
    </message>
    <message>
        <source>The class field of the polygons {layer} is not set</source>
        <translation>Für die Polygone {layer} ist kein Klassenfeld angegeben</translation>
    </message>
    <message>
        <source>{fault}; choose one of their fields ({fields}), or name the class of all polygons.</source>
        <translation>{fault}; wählen Sie eines ihrer Felder ({fields}), oder nennen Sie die Klasse aller Polygone.</translation>
    </message>
    <message>
        <source>The polygons {name} have no class in the field {field}; fill it, or choose another field.</source>
        <translation>Die Polygone {name} haben im Feld {field} keine Klasse; füllen Sie es, oder wählen Sie ein anderes Feld.</translation>
    </message>
    <message>
        <source>Polygons of {name} without a class are left out: {count} (id {ids}).</source>
        <translation>Polygone von {name} ohne Klasse werden ausgelassen: {count} (ID {ids}).</translation>
    </message>
    <message>
        <source>Polygons of {name} without a shape are left out: {count} (id {ids}).</source>
        <translation>Polygone von {name} ohne Geometrie werden ausgelassen: {count} (ID {ids}).</translation>
    </message>
    <message>
        <source>The mask {layer} has no polygon to use; draw or select some, or leave the mask empty.</source>
        <translation>Die Maske {layer} hat kein Polygon zu verwenden; zeichnen oder wählen Sie welche, oder lassen Sie die Maske leer.</translation>
    </message>
    <message>
        <source>No labelled area was given, so in the rectangle around the labels everything that no label covers is taken for {background}; where that is not so, draw the area whose labels are complete.</source>
        <translation>Es ist kein gelabeltes Gebiet angegeben; im Rechteck um die Labels gilt deshalb alles, was kein Label bedeckt, als {background}. Wo das nicht stimmt, zeichnen Sie das Gebiet, in dem die Labels vollständig sind.</translation>
    </message>
    <message>
        <source>{folder} is a file, and a sample set is a folder; choose another name.</source>
        <translation>{folder} ist eine Datei, und ein Lerndatensatz ist ein Ordner; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The layer {layer} comes from a server and covers {covered}: choose the extent to classify.</source>
        <translation>Der Layer {layer} kommt von einem Server und bedeckt {covered}: Wählen Sie die Ausdehnung, die klassifiziert werden soll.</translation>
    </message>
    <message>
        <source>The extent ({extent}) is outside the layer {layer}, which covers {covered}; choose an extent that overlaps it.</source>
        <translation>Die Ausdehnung ({extent}) liegt außerhalb des Layers {layer}, der {covered} bedeckt; wählen Sie eine Ausdehnung, die ihn überlappt.</translation>
    </message>
    <message>
        <source>The extent has {height} x {width} pixels of {size:.6g}, more than the {millions:.0f} million that may be asked of a server at once; choose a smaller extent or larger pixels.</source>
        <translation>Die Ausdehnung hat {height} x {width} Pixel von {size:.6g}, mehr als die {millions:.0f} Millionen, die auf einmal von einem Server verlangt werden dürfen; wählen Sie eine kleinere Ausdehnung oder größere Pixel.</translation>
    </message>
    <message>
        <source>Bands {bands} were asked for, and the layer {layer} has bands 1 to 3 (red, green, blue); choose from these.</source>
        <translation>Verlangt werden die Kanäle {bands}, und der Layer {layer} hat die Kanäle 1 bis 3 (rot, grün, blau); wählen Sie unter diesen.</translation>
    </message>
    <message>
        <source>it answered with {kind}, not with an image</source>
        <translation>er antwortete mit {kind} und nicht mit einem Bild</translation>
    </message>
    <message>
        <source>QGIS made no image of it</source>
        <translation>QGIS hat daraus kein Bild gemacht</translation>
    </message>
    <message>
        <source>The server of the layer {layer} failed at {place} ({error}). {remedy}</source>
        <translation>Der Server des Layers {layer} hat bei {place} versagt ({error}). {remedy}</translation>
    </message>
    <message>
        <source>The network&apos;s pixel size ({size:.3g} m) cannot be told in the layer&apos;s units; give the size of the pixels to fetch.</source>
        <translation>Die Pixelgröße des Netzes ({size:.3g} m) lässt sich nicht in den Einheiten des Layers ausdrücken; geben Sie die Größe der Pixel an, die geholt werden sollen.</translation>
    </message>
    <message>
        <source>Two kinds of labels are given</source>
        <translation>Es sind zwei Arten von Labels angegeben</translation>
    </message>
    <message>
        <source>No labels are given</source>
        <translation>Es sind keine Labels angegeben</translation>
    </message>
    <message>
        <source>{fault}, and one of these is needed: {vector} ({vector_id}) or {raster} ({raster_id}).</source>
        <translation>{fault}, und eines von beiden wird gebraucht: {vector} ({vector_id}) oder {raster} ({raster_id}).</translation>
    </message>
    <message>
        <source>A raster is given as {vector_id}; give it as {raster} ({raster_id}).</source>
        <translation>Als {vector_id} ist ein Raster angegeben; geben Sie es als {raster} ({raster_id}) an.</translation>
    </message>
    <message>
        <source>What is given as {vector} ({vector_id}) cannot be opened as a vector layer; choose a layer, or a file that QGIS can show as one.</source>
        <translation>Was als {vector} ({vector_id}) angegeben ist, lässt sich nicht als Vektorlayer öffnen; wählen Sie einen Layer oder eine Datei, die QGIS als solchen darstellen kann.</translation>
    </message>
    <message>
        <source>{parameter} is a list of {count}, and a table of classes has three cells for each: value, class and colour, of which value and colour may be empty.</source>
        <translation>{parameter} ist eine Liste von {count}, und eine Liste der Klassen hat für jede drei Zellen: Wert, Klasse und Farbe; Wert und Farbe dürfen leer sein.</translation>
    </message>
    <message>
        <source>{parameter} is a list of {count}, and a class table has two cells for each: a value and its class, which is empty where the value is no class.</source>
        <translation>{parameter} ist eine Liste von {count}, und eine Klassentabelle hat je zwei Zellen: einen Wert und seine Klasse, die leer ist, wenn der Wert keine Klasse ist.</translation>
    </message>
    <message>
        <source>{parameter} has the value &apos;{value}&apos; without a class; name it.</source>
        <translation>{parameter} enthält den Wert &apos;{value}&apos; ohne Klasse; benennen Sie sie.</translation>
    </message>
    <message>
        <source>{parameter} has the colour &apos;{colour}&apos; for {name}, and a colour is written like #1a2b3c.</source>
        <translation>{parameter} hat für {name} die Farbe &apos;{colour}&apos;, und eine Farbe wird wie #1a2b3c geschrieben.</translation>
    </message>
    <message>
        <source>{path} is a {found} ({name}), and a {role} is needed here; choose a {role}.</source>
        <translation>{path} ist ein {found} ({name}), und hier wird ein {role} gebraucht; wählen Sie einen {role}.</translation>
    </message>
    <message>
        <source>No network is chosen, and none fits every image: choose one of the pretrained networks, or the file of a classifier that was trained on images like this one.</source>
        <translation>Es ist kein Netz gewählt, und keines passt zu jedem Bild: Wählen Sie eines der vortrainierten Netze oder die Datei eines Klassifikators, der mit Bildern wie diesem trainiert wurde.</translation>
    </message>
    <message>
        <source>Classifier: {name}.</source>
        <translation>Klassifikator: {name}.</translation>
    </message>
    <message>
        <source>The classifier&apos;s file does not say how far it looks: that is measured, once.</source>
        <translation>Die Datei des Klassifikators sagt nicht, wie weit er sieht: Das wird einmal gemessen.</translation>
    </message>
    <message>
        <source>Its receptive field radius is {limit} px or more, or has no bound.</source>
        <translation>Der Radius seines rezeptiven Feldes beträgt {limit} px oder mehr, oder er ist unbegrenzt.</translation>
    </message>
    <message>
        <source>Its receptive field radius is {radius} px.</source>
        <translation>Der Radius seines rezeptiven Feldes beträgt {radius} px.</translation>
    </message>
    <message>
        <source>0 iterations: the map is not corrected.</source>
        <translation>0 Iterationen: Die Karte wird nicht korrigiert.</translation>
    </message>
    <message>
        <source>Corrector: {name}. Iterations: {iterations}.</source>
        <translation>Korrektor: {name}. Iterationen: {iterations}.</translation>
    </message>
    <message>
        <source>The corrector runs in {precision}.</source>
        <translation>Der Korrektor rechnet in {precision}.</translation>
    </message>
    <message>
        <source>Device: {device}. Precision: {precision}.</source>
        <translation>Gerät: {device}. Genauigkeit: {precision}.</translation>
    </message>
    <message>
        <source>The corrector {corrector} was trained for another classifier (SHA-256 {needed}...) than {classifier} ({found}...); choose the corrector made for this classifier, or leave the corrector empty.</source>
        <translation>Der Korrektor {corrector} wurde für einen anderen Klassifikator (SHA-256 {needed}...) trainiert als {classifier} ({found}...); wählen Sie den Korrektor zu diesem Klassifikator, oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>The corrector {corrector} needs the {what} {needed}, and the classifier {classifier} has {names}; choose a corrector made for this classifier.</source>
        <translation>Der Korrektor {corrector} braucht die {what} {needed}, und der Klassifikator {classifier} hat {names}; wählen Sie einen Korrektor zu diesem Klassifikator.</translation>
    </message>
    <message>
        <source>Both {pretrained} {network} and {parameter} {path} are chosen; choose one of them.</source>
        <translation>Sowohl {pretrained} {network} als auch {parameter} {path} ist gewählt; wählen Sie eines von beiden.</translation>
    </message>
    <message>
        <source>The network goes into a temporary file, which is deleted when QGIS closes, and a training that is cancelled cannot be resumed; choose a file to keep it.</source>
        <translation>Das Netz kommt in eine temporäre Datei, die mit QGIS verschwindet, und ein abgebrochenes Training lässt sich dann nicht fortsetzen; wählen Sie eine Datei, um es zu behalten.</translation>
    </message>
    <message>
        <source>What was learned is kept.</source>
        <translation>Das Gelernte bleibt erhalten.</translation>
    </message>
    <message>
        <source>More is in the report {path}.</source>
        <translation>Mehr steht im Bericht {path}.</translation>
    </message>
    <message>
        <source>What training needs cannot be loaded ({error}). Restart QGIS and train before other plugins load older versions of the same packages, or install them anew:</source>
        <translation>Was das Training braucht, lässt sich nicht laden ({error}). Starten Sie QGIS neu und trainieren Sie, bevor andere Erweiterungen ältere Versionen derselben Pakete laden, oder installieren Sie sie neu:</translation>
    </message>
    <message>
        <source>Exported: epoch {epoch}, mean IoU {percent:.1f} %.</source>
        <translation>Exportiert: Epoche {epoch}, mittlere IoU {percent:.1f} %.</translation>
    </message>
    <message>
        <source>The network was trained and is in {path}.</source>
        <translation>Das Netz ist trainiert und liegt in {path}.</translation>
    </message>
    <message>
        <source>The network {output} must be a file whose name ends in .onnx; add that.</source>
        <translation>Das Netz {output} muss eine Datei sein, deren Name auf .onnx endet; ergänzen Sie das.</translation>
    </message>
    <message>
        <source>The sample set goes into a temporary folder, which is deleted when QGIS closes; choose a folder to keep it.</source>
        <translation>Der Lerndatensatz kommt in einen temporären Ordner, der mit QGIS verschwindet; wählen Sie einen Ordner, um ihn zu behalten.</translation>
    </message>
    <message>
        <source>Pixels of {name}: {training} for training, {validation} for validation.</source>
        <translation>Pixel von {name}: {training} fürs Training, {validation} für die Validierung.</translation>
    </message>
    <message>
        <source>Labels cannot be omitted from a class raster, which has no features; leave the simulated omission 0, or choose labels of polygons or lines.</source>
        <translation>Aus einem Klassenraster lassen sich keine Labels auslassen, denn es hat keine Objekte; lassen Sie die simulierte Auslassung bei 0, oder wählen Sie Polygone oder Linien als Labels.</translation>
    </message>
    <message>
        <source>{pairs}; no class: {values}</source>
        <translation>{pairs}; keine Klasse: {values}</translation>
    </message>
    <message>
        <source>Class values of the map: {pairs}.</source>
        <translation>Klassenwerte der Karte: {pairs}.</translation>
    </message>
    <message>
        <source>Bands ({kind}) of the map: {pairs}.</source>
        <translation>Kanäle ({kind}) der Karte: {pairs}.</translation>
    </message>
    <message>
        <source>The corrector {name} was trained on maps of {needed}, and this map holds {found}: expect a poor correction, or train a corrector on such maps.</source>
        <translation>Der Korrektor {name} wurde mit Karten der Art {needed} trainiert, und diese Karte enthält {found}: Rechnen Sie mit einer schlechten Korrektur, oder trainieren Sie einen Korrektor mit solchen Karten.</translation>
    </message>
    <message>
        <source>The corrector {name} was trained on the scores of one classifier (SHA-256 {needed}...), and this map ({found}) is not known to be made by it: expect a poor correction, or train a corrector on such maps.</source>
        <translation>Der Korrektor {name} wurde mit den Bewertungen eines Klassifikators (SHA-256 {needed}...) trainiert, und von dieser Karte ({found}) ist nicht bekannt, dass er sie erzeugt hat: Rechnen Sie mit einer schlechten Korrektur, oder trainieren Sie einen Korrektor mit solchen Karten.</translation>
    </message>
    <message>
        <source>The {role} has learned from: {data}.</source>
        <translation>Der {role} hat gelernt aus: {data}.</translation>
    </message>
    <message>
        <source>{pairs} (so named in the image)</source>
        <translation>{pairs} (so im Bild benannt)</translation>
    </message>
    <message>
        <source>Bands of the image: {pairs}.</source>
        <translation>Kanäle des Bildes: {pairs}.</translation>
    </message>
    <message>
        <source>Resampled: pixels of {width:.3g} x {height:.3g} m become {across} x {down} m for the networks; the map has the image&apos;s pixels.</source>
        <translation>Umgerechnet: Pixel von {width:.3g} x {height:.3g} m werden für die Netze zu {across} x {down} m; die Karte hat die Pixel des Bildes.</translation>
    </message>
    <message>
        <source>Band {described} of the image is called {band}, and the {role} {name} takes band {taken} for it; if that is wrong, choose the bands in the order of the {role}.</source>
        <translation>Kanal {described} des Bildes heißt {band}, und der {role} {name} nimmt Kanal {taken} dafür; wenn das falsch ist, wählen Sie die Kanäle in der Reihenfolge des Netzes ({role}).</translation>
    </message>
    <message>
        <source>The image&apos;s pixels are {size:.3g} m wide, {ratio:.3g} times those the {role} {name} was trained on ({needed:.3g} m; it is made for {smallest:.3g} to {largest:.3g} m): expect a poor map, or {remedy}.</source>
        <translation>Die Pixel des Bildes sind {size:.3g} m breit, das {ratio:.3g}-Fache derer, mit denen der {role} {name} trainiert wurde ({needed:.3g} m; er ist für {smallest:.3g} bis {largest:.3g} m gemacht). Rechnen Sie mit einer schlechten Karte, oder {remedy}.</translation>
    </message>
    <message>
        <source>The image has no georeference, so its pixel size is not known; the {role} {name} is made for {smallest:.3g} to {largest:.3g} m.</source>
        <translation>Das Bild hat keine Georeferenz, seine Pixelgröße ist daher unbekannt; der {role} {name} ist für {smallest:.3g} bis {largest:.3g} m gemacht.</translation>
    </message>
    <message>
        <source>Mean confidence: {percent:.0f} % of {pixels} pixels classified in this run.</source>
        <translation>Mittlere Konfidenz: {percent:.0f} % bei {pixels} in diesem Lauf klassifizierten Pixeln.</translation>
    </message>
    <message>
        <source>use an image with smaller pixels (resampling would add no detail)</source>
        <translation>verwenden Sie ein Bild mit kleineren Pixeln (Umrechnen ergäbe keine zusätzlichen Einzelheiten)</translation>
    </message>
    <message>
        <source>resample it to {needed:.3g} m first</source>
        <translation>rechnen Sie es zuerst auf {needed:.3g} m um</translation>
    </message>
    <message>
        <source>let {resample} bring the image to the network&apos;s pixel size</source>
        <translation>lassen Sie {resample} das Bild auf die Pixelgröße des Netzes bringen</translation>
    </message>
    <message>
        <source>Both a classifier and a map are given</source>
        <translation>Es sind sowohl ein Klassifikator als auch eine Karte angegeben</translation>
    </message>
    <message>
        <source>Neither a classifier nor a map is given</source>
        <translation>Es ist weder ein Klassifikator noch eine Karte angegeben</translation>
    </message>
    <message>
        <source>{fault}, and a corrector learns to correct one of them: choose {pretrained}, {classifier} or {map}.</source>
        <translation>{fault}, und ein Korrektor lernt, eines von beiden zu korrigieren: Wählen Sie {pretrained}, {classifier} oder {map}.</translation>
    </message>
    <message>
        <source>The strata {strata} have no pixel with a value; choose a raster of classes.</source>
        <translation>Die Strata {strata} haben kein Pixel mit einem Wert; wählen Sie ein Raster mit Klassen.</translation>
    </message>
    <message>
        <source>The assessment was stopped; nothing was written.</source>
        <translation>Die Beurteilung wurde abgebrochen; es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>The reference {reference} has no labelled pixel where the map {map} lies; choose a reference there, or check the coordinate systems of both.</source>
        <translation>Die Referenz {reference} hat dort, wo die Karte {map} liegt, kein Pixel mit Label; wählen Sie eine Referenz dort, oder prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
        <source>The reference {reference} has no labelled pixel where the map {map} lies in the area {area}; choose a reference there, or check the coordinate systems of both.</source>
        <translation>Die Referenz {reference} hat dort, wo die Karte {map} im Gebiet {area} liegt, kein Pixel mit Label; wählen Sie eine Referenz dort, oder prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
        <source>The map {map} has no pixel with a class; choose another map.</source>
        <translation>Die Karte {map} hat kein Pixel mit einer Klasse; wählen Sie eine andere Karte.</translation>
    </message>
    <message>
        <source>The map {map} has no pixel with a class in the area {area}; choose an area that it covers.</source>
        <translation>Die Karte {map} hat im Gebiet {area} kein Pixel mit einer Klasse; wählen Sie ein Gebiet, das sie bedeckt.</translation>
    </message>
    <message>
        <source>The map {map} has no data wherever the reference {reference} has labels; choose a reference in the area of the map.</source>
        <translation>Die Karte {map} hat nirgends Daten, wo die Referenz {reference} Labels hat; wählen Sie eine Referenz im Gebiet der Karte.</translation>
    </message>
    <message>
        <source>The map {map} has no data wherever the reference {reference} has labels in the area {area}; choose an area that all of them cover.</source>
        <translation>Die Karte {map} hat nirgends Daten, wo die Referenz {reference} im Gebiet {area} Labels hat; wählen Sie ein Gebiet, das alle bedecken.</translation>
    </message>
    <message>
        <source>The report {path} cannot be written ({error}); choose a place in a folder that exists, on a disk with room.</source>
        <translation>Der Bericht {path} lässt sich nicht schreiben ({error}); wählen Sie einen vorhandenen Ordner auf einem Datenträger mit genug Platz.</translation>
    </message>
    <message>
        <source>The class table has the entry &apos;{entry}&apos;, and each needs a class value of the map, &apos;=&apos; and a class of the reference, as in &apos;10=building,20=road&apos;; &apos;30=&apos; leaves a value out.</source>
        <translation>Die Klassentabelle enthält den Eintrag &apos;{entry}&apos;, und jeder braucht einen Klassenwert der Karte, &apos;=&apos; und eine Klasse der Referenz, wie in &apos;10=building,20=road&apos;; &apos;30=&apos; lässt einen Wert aus.</translation>
    </message>
    <message>
        <source>The class table says twice what class value {code} is; say it once.</source>
        <translation>Die Klassentabelle sagt zweimal, was der Klassenwert {code} ist; sagen Sie es einmal.</translation>
    </message>
    <message>
        <source>The reference has no labelled pixel or polygon; choose one that has.</source>
        <translation>Die Referenz hat weder ein Pixel noch ein Polygon mit Label; wählen Sie eine, die das hat.</translation>
    </message>
    <message>
        <source>The map {map} and the reference have no class in common: the map has {labels}, the reference {reference}. Say in the class table which is which, for example &apos;{code}={name}&apos;.</source>
        <translation>Die Karte {map} und die Referenz haben keine gemeinsame Klasse: Die Karte hat {labels}, die Referenz {reference}. Sagen Sie in der Klassentabelle, welche welche ist, zum Beispiel &apos;{code}={name}&apos;.</translation>
    </message>
    <message>
        <source>Maps and reference have {count} classes together, and at most {most} are allowed; choose rasters whose values are classes and not measurements.</source>
        <translation>Karten und Referenz haben zusammen {count} Klassen, und höchstens {most} sind erlaubt; wählen Sie Raster, deren Werte Klassen und keine Messwerte sind.</translation>
    </message>
    <message>
        <source>The class table says nothing about {labels} of the map {map}; add &apos;{code}=&apos; and a class of the reference, or nothing behind &apos;=&apos; if it is no data.</source>
        <translation>Die Klassentabelle sagt nichts über {labels} der Karte {map}; fügen Sie &apos;{code}=&apos; und eine Klasse der Referenz hinzu, oder nichts hinter &apos;=&apos;, wenn es keine Daten sind.</translation>
    </message>
    <message>
        <source>The class table names the class &apos;{name}&apos;, which the reference does not have; it has {reference}.</source>
        <translation>Die Klassentabelle nennt die Klasse &apos;{name}&apos;, die die Referenz nicht hat; sie hat {reference}.</translation>
    </message>
    <message>
        <source>The reference&apos;s classes are names ({reference}), and the map {map} has class values without names ({labels}). Say in the class table which is which, for example &apos;{code}={name}&apos;.</source>
        <translation>Die Klassen der Referenz sind Namen ({reference}), und die Karte {map} hat Klassenwerte ohne Namen ({labels}). Sagen Sie in der Klassentabelle, welche welche ist, zum Beispiel &apos;{code}={name}&apos;.</translation>
    </message>
    <message>
        <source>{listed} and {more} more</source>
        <translation>{listed} und {more} weitere</translation>
    </message>
    <message>
        <source>{raster} holds the value {value:g}, and class values are whole numbers; choose a raster of classes, not of measurements or probabilities.</source>
        <translation>{raster} enthält den Wert {value:g}, und Klassenwerte sind ganze Zahlen; wählen Sie ein Raster mit Klassen, nicht mit Messwerten oder Wahrscheinlichkeiten.</translation>
    </message>
    <message>
        <source>{name} has {count} different values or more, and at most {most} classes are allowed; choose a raster of classes, not of measurements.</source>
        <translation>{name} hat {count} oder mehr verschiedene Werte, und höchstens {most} Klassen sind erlaubt; wählen Sie ein Raster mit Klassen, nicht mit Messwerten.</translation>
    </message>
    <message>
        <source>{raster} has {height} x {width} pixels, the raster it is compared with {needed_height} x {needed_width}, and not both are georeferenced; georeference them, or use rasters of one size.</source>
        <translation>{raster} hat {height} x {width} Pixel, das Raster, mit dem es verglichen wird, {needed_height} x {needed_width}, und nicht beide sind georeferenziert; georeferenzieren Sie sie, oder verwenden Sie Raster gleicher Größe.</translation>
    </message>
    <message>
        <source>{raster} cannot be brought onto the pixels it is compared with</source>
        <translation>{raster} lässt sich nicht auf die Pixel bringen, mit denen es verglichen wird</translation>
    </message>
    <message>
        <source>Warp it onto them first (Raster &gt; Projections &gt; Warp).</source>
        <translation>Transformieren Sie es zuerst darauf (Raster &gt; Projektionen &gt; Transformieren).</translation>
    </message>
    <message>
        <source>{name} is an image of colours, not a map; choose a raster whose values are classes.</source>
        <translation>{name} ist ein Farbbild und keine Karte; wählen Sie ein Raster, dessen Werte Klassen sind.</translation>
    </message>
    <message>
        <source>The class table &apos;{text}&apos;</source>
        <translation>Die Klassentabelle &apos;{text}&apos;</translation>
    </message>
    <message>
        <source>The map, whose bands are called {names},</source>
        <translation>Die Karte, deren Kanäle {names} heißen,</translation>
    </message>
    <message>
        <source>The map, whose values are called {names},</source>
        <translation>Die Karte, deren Werte {names} heißen,</translation>
    </message>
    <message>
        <source>&apos;{entry}&apos; in the class table is no &apos;{what}=class&apos;; write for example &apos;{example}&apos;.</source>
        <translation>&apos;{entry}&apos; in der Klassentabelle ist kein &apos;{what}=Klasse&apos;; schreiben Sie zum Beispiel &apos;{example}&apos;.</translation>
    </message>
    <message>
        <source>The class table calls {what} {number} &apos;{name}&apos;, and the network&apos;s classes are {classes}; use these names, or &apos;{number}=&apos; for no class.</source>
        <translation>Die Klassentabelle nennt den {what} {number} &apos;{name}&apos;, und die Klassen des Netzes sind {classes}; verwenden Sie diese Namen, oder &apos;{number}=&apos; für keine Klasse.</translation>
    </message>
    <message>
        <source>The class table names {what} {number} twice; name it once.</source>
        <translation>Die Klassentabelle nennt den {what} {number} zweimal; nennen Sie ihn einmal.</translation>
    </message>
    <message>
        <source>{source} gives the class {name} twice, as {what} {first} and as {what} {number}, and each class needs one {what}; merge them in the map first, or say in a class table which of them is none.</source>
        <translation>{source} hat die Klasse {name} zweimal, als {what} {first} und als {what} {number}, und jede Klasse braucht einen {what}; fassen Sie sie zuerst in der Karte zusammen, oder sagen Sie in einer Klassentabelle, welcher von beiden keine ist.</translation>
    </message>
    <message>
        <source>{source} has no {what} for {missing}, and the network needs one for each of its classes ({classes}); say which {what} is which in a class table, for example &apos;{example}&apos;.</source>
        <translation>{source} hat keinen {what} für {missing}, und das Netz braucht einen für jede seiner Klassen ({classes}); sagen Sie in einer Klassentabelle, welcher {what} welche ist, zum Beispiel &apos;{example}&apos;.</translation>
    </message>
    <message>
        <source>The unlabelled value of the reference is given as 0, and 0 is said to be a class; choose one of both.</source>
        <translation>Als Wert ohne Label ist für die Referenz 0 angegeben, und 0 soll eine Klasse sein; wählen Sie eines von beiden.</translation>
    </message>
    <message>
        <source>The reference {reference} has the class values 0 and {code} and no nodata value, so that 0 may be unlabelled or a class of its own. Set the unlabelled value to 0 if it is unlabelled, or say that 0 is a class.</source>
        <translation>Die Referenz {reference} hat die Klassenwerte 0 und {code} und keinen Leerwert; 0 kann also ohne Label oder eine eigene Klasse sein. Setzen Sie den Wert ohne Label auf 0, wenn 0 ohne Label ist, oder sagen Sie, dass 0 eine Klasse ist.</translation>
    </message>
    <message>
        <source>There is no kind of map &apos;{kind}&apos;; choose one of {kinds}.</source>
        <translation>Eine Kartenart &apos;{kind}&apos; gibt es nicht; wählen Sie eine von {kinds}.</translation>
    </message>
    <message>
        <source>{path} cannot be read</source>
        <translation>{path} lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The file may be damaged: copy or export it again.</source>
        <translation>Die Datei ist vielleicht beschädigt: Kopieren oder exportieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>{path} holds complex numbers, and a map has class values, probabilities or scores.</source>
        <translation>{path} enthält komplexe Zahlen, und eine Karte hat Klassenwerte, Wahrscheinlichkeiten oder Bewertungen.</translation>
    </message>
    <message>
        <source>{path} has {count} bands, and a map of class values has one; choose the raster that holds the class values (not a picture of it), or another kind of map.</source>
        <translation>{path} hat {count} Kanäle, und eine Karte mit Klassenwerten hat einen; wählen Sie das Raster mit den Klassenwerten (kein Bild davon) oder eine andere Kartenart.</translation>
    </message>
    <message>
        <source>{path} has {count} bands, which may hold probabilities or scores: say which kind of map it is (&apos;{probabilities}&apos;, or &apos;{scores}&apos; for what Recurve writes as scores).</source>
        <translation>{path} hat {count} Kanäle, die Wahrscheinlichkeiten oder Bewertungen enthalten können: Sagen Sie, welche Art von Karte es ist (&apos;{probabilities}&apos;, oder &apos;{scores}&apos; für das, was Recurve als Bewertungen schreibt).</translation>
    </message>
    <message>
        <source>{path} has {count} bands, and a map of {kind} needs one for each of the network&apos;s {needed} classes ({classes}); choose another raster, or say in a class table which band is which class and which is none (&apos;4=&apos;).</source>
        <translation>{path} hat {count} Kanäle, und eine Karte der Art {kind} braucht einen für jede der {needed} Klassen des Netzes ({classes}); wählen Sie ein anderes Raster, oder sagen Sie in einer Klassentabelle, welcher Kanal welche Klasse ist und welcher keine (&apos;4=&apos;).</translation>
    </message>
    <message>
        <source>The class table names band {band}, and {path} has bands 1 to {count}; name one of these.</source>
        <translation>Die Klassentabelle nennt Kanal {band}, und {path} hat die Kanäle 1 bis {count}; nennen Sie einen von diesen.</translation>
    </message>
    <message>
        <source>The map {map} and the part of the image to correct do not overlap; choose a map of the same area, and check the coordinate reference systems of both.</source>
        <translation>Die Karte {map} und der zu korrigierende Teil des Bildes überlappen sich nicht; wählen Sie eine Karte desselben Gebiets, und prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
        <source>Looking for values in the map that belong to no class.</source>
        <translation>In der Karte wird nach Werten gesucht, die zu keiner Klasse gehören.</translation>
    </message>
    <message>
        <source>The map {map} holds {value:.4g}, and probabilities are never negative; if these are scores before softmax, say that the map&apos;s kind is &apos;{scores}&apos;.</source>
        <translation>Die Karte {map} enthält {value:.4g}, und Wahrscheinlichkeiten sind nie negativ; wenn es Bewertungen vor dem Softmax sind, geben Sie als Kartenart &apos;{scores}&apos; an.</translation>
    </message>
    <message>
        <source>The map {map} holds values of no class: {listed}. Say in a class table which class they are, or that they are none, for example &apos;{known}, {first:g}=&apos;.</source>
        <translation>Die Karte {map} enthält Werte, die keine Klasse sind: {listed}. Sagen Sie in einer Klassentabelle, welche Klasse sie sind oder dass sie keine sind, zum Beispiel &apos;{known}, {first:g}=&apos;.</translation>
    </message>
    <message>
        <source>The scores in {path} cannot be read back ({error}); run again.</source>
        <translation>Die Bewertungen in {path} lassen sich nicht wieder lesen ({error}); starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>{finished} of {tiles} tiles were finished before and are kept.</source>
        <translation>{finished} von {tiles} Kacheln waren schon fertig und werden behalten.</translation>
    </message>
    <message>
        <source>Tiles: {tiles}, read {height} x {width} px at a time with a halo of {halo} px.</source>
        <translation>Kacheln: {tiles}; gelesen werden je {height} x {width} px mit einem Überlappungsrand von {halo} px.</translation>
    </message>
    <message>
        <source>The classifier&apos;s receptive field is unknown or too large for a halo: the scores of neighbouring tiles are blended over {width} px, and the map depends slightly on the tile side.</source>
        <translation>Das rezeptive Feld des Klassifikators ist unbekannt oder zu groß für einen Überlappungsrand: Die Bewertungen benachbarter Kacheln werden über {width} px überblendet, und die Karte hängt ein wenig von der Kantenlänge der Kacheln ab.</translation>
    </message>
    <message>
        <source>The number of bands chosen of {image} is {found}, and the {role} needs {count} ({bands}); choose as many, in this order.</source>
        <translation>Die Zahl der gewählten Kanäle von {image} ist {found}, und der {role} braucht {count} ({bands}); wählen Sie ebenso viele, in dieser Reihenfolge.</translation>
    </message>
    <message>
        <source>The extent (rows {first_row} to {last_row}, columns {first_column} to {last_column}) goes beyond the edge of {image} ({height} x {width} px); choose one inside.</source>
        <translation>Die Ausdehnung (Zeilen {first_row} bis {last_row}, Spalten {first_column} bis {last_column}) reicht über den Rand von {image} ({height} x {width} px) hinaus; wählen Sie eine innerhalb.</translation>
    </message>
    <message>
        <source>The receptive field of the classifier {name} is unknown or too large for a halo, so the scores of its tiles are blended, and there are no maps after each iteration; leave that output empty.</source>
        <translation>Das rezeptive Feld des Klassifikators {name} ist unbekannt oder zu groß für einen Überlappungsrand; deshalb werden die Bewertungen seiner Kacheln überblendet, und es gibt keine Karten nach jeder Iteration. Lassen Sie diese Ausgabe leer.</translation>
    </message>
    <message>
        <source>No pixel of {image} is left to classify: all are nodata or outside of the mask. Choose another extent or mask, or check the image&apos;s nodata value.</source>
        <translation>Kein Pixel von {image} bleibt zum Klassifizieren: Alle sind ohne Daten oder außerhalb der Maske. Wählen Sie eine andere Ausdehnung oder Maske, oder prüfen Sie den Leerwert des Bildes.</translation>
    </message>
    <message>
        <source>No pixel of {image} is left to correct: all are nodata, outside of the mask or without data in the map {map}. Choose another extent, mask or map, or check the nodata values of image and map.</source>
        <translation>Kein Pixel von {image} bleibt zum Korrigieren: Alle sind ohne Daten, außerhalb der Maske oder in der Karte {map} ohne Daten. Wählen Sie eine andere Ausdehnung, Maske oder Karte, oder prüfen Sie die Leerwerte von Bild und Karte.</translation>
    </message>
    <message>
        <source>The image&apos;s pixels are {width:.3g} x {height:.3g} m, and the network&apos;s {needed:.3g} m: more than {ratio} times as large or as small. Choose a network for such images, or resample the image first (Raster &gt; Projections &gt; Warp).</source>
        <translation>Die Pixel des Bildes sind {width:.3g} x {height:.3g} m groß und die des Netzes {needed:.3g} m: mehr als {ratio}-mal so groß oder so klein. Wählen Sie ein Netz für solche Bilder, oder rechnen Sie das Bild zuerst um (Raster &gt; Projektionen &gt; Transformieren).</translation>
    </message>
    <message>
        <source>Only {written} of {tiles} tiles were written; run again.</source>
        <translation>Nur {written} von {tiles} Kacheln wurden geschrieben; starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>Tiles that were skipped because they hold no valid pixel: {skipped}.</source>
        <translation>Kacheln, die übersprungen wurden, weil sie kein gültiges Pixel enthalten: {skipped}.</translation>
    </message>
    <message>
        <source>The memory of {device} is too small for {side} px at a time: going on with {smaller} px. The map stays the same; a smaller tile side saves these attempts.</source>
        <translation>Der Speicher von {device} ist zu klein für {side} px auf einmal: Es geht mit {smaller} px weiter. Die Karte bleibt dieselbe; eine kleinere Kantenlänge der Kacheln spart diese Versuche.</translation>
    </message>
    <message>
        <source>{path} is no name for a GeoTIFF; choose a name that ends in .tif.</source>
        <translation>{path} ist kein Name für ein GeoTIFF; wählen Sie einen Namen, der auf .tif endet.</translation>
    </message>
    <message>
        <source>{path} is a folder; choose the name of a file.</source>
        <translation>{path} ist ein Ordner; wählen Sie den Namen einer Datei.</translation>
    </message>
    <message>
        <source>Choose a folder you may write to, on a disk with room.</source>
        <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen, auf einem Datenträger mit genug Platz.</translation>
    </message>
    <message>
        <source>{path} has {pixels} pixels, not {covered}; run again.</source>
        <translation>{path} hat {pixels} Pixel und nicht {covered}; starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>{path} is incomplete (tiles that are missing: {missing}); run again.</source>
        <translation>{path} ist unvollständig (fehlende Kacheln: {missing}); starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>{path} reads back as {shape} after writing; run again.</source>
        <translation>{path} wird nach dem Schreiben als {shape} gelesen; starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>{path} cannot be written</source>
        <translation>{path} lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>{path} cannot be replaced ({error}). Close it where it is open, or choose another name.</source>
        <translation>{path} lässt sich nicht ersetzen ({error}). Schließen Sie die Datei, wo sie geöffnet ist, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({error}). {remedy}</source>
        <translation>{path} lässt sich nicht schreiben ({error}). {remedy}</translation>
    </message>
    <message>
        <source>A tile cannot be encoded</source>
        <translation>Eine Kachel lässt sich nicht kodieren</translation>
    </message>
    <message>
        <source>Choose smaller tiles.</source>
        <translation>Wählen Sie kleinere Kacheln.</translation>
    </message>
    <message>
        <source>The run was stopped; the same run goes on from its finished tiles.</source>
        <translation>Der Lauf wurde abgebrochen; derselbe Lauf geht von seinen fertigen Kacheln aus weiter.</translation>
    </message>
    <message>
        <source>{path} holds complex numbers; export its magnitude or its real part first.</source>
        <translation>{path} enthält komplexe Zahlen; exportieren Sie zuerst den Betrag oder den Realteil.</translation>
    </message>
    <message>
        <source>The file may be damaged or cut short: copy or export it again.</source>
        <translation>Die Datei ist vielleicht beschädigt oder abgeschnitten: Kopieren oder exportieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>{path} cannot be read in rows {first} to {last}</source>
        <translation>{path} lässt sich in den Zeilen {first} bis {last} nicht lesen</translation>
    </message>
    <message>
        <source>{path} became another image while it was read; run again.</source>
        <translation>{path} wurde beim Lesen zu einem anderen Bild; starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>Choose an image file that QGIS can show.</source>
        <translation>Wählen Sie eine Bilddatei, die QGIS darstellen kann.</translation>
    </message>
    <message>
        <source>Check its address and the connection.</source>
        <translation>Prüfen Sie die Adresse und die Verbindung.</translation>
    </message>
    <message>
        <source>{path} cannot be opened as a raster</source>
        <translation>{path} lässt sich nicht als Raster öffnen</translation>
    </message>
    <message>
        <source>{path} holds no bands itself; choose one of the layers inside it, or export it as GeoTIFF.</source>
        <translation>{path} enthält selbst keine Kanäle; wählen Sie einen der Layer darin, oder exportieren Sie ihn als GeoTIFF.</translation>
    </message>
    <message>
        <source>{path} is rotated against its coordinate system, and Recurve needs rows that run along an axis; warp it first (Raster &gt; Projections &gt; Warp).</source>
        <translation>{path} ist gegen sein Koordinatensystem gedreht, und Recurve braucht Zeilen, die entlang einer Achse verlaufen; transformieren Sie das Raster zuerst (Raster &gt; Projektionen &gt; Transformieren).</translation>
    </message>
    <message>
        <source>{path} has no band but alpha; choose an image with at least one band of data.</source>
        <translation>{path} hat nur einen Alphakanal; wählen Sie ein Bild mit mindestens einem Kanal mit Daten.</translation>
    </message>
    <message>
        <source>No band of {path} is chosen; choose at least one.</source>
        <translation>Von {path} ist kein Kanal gewählt; wählen Sie mindestens einen.</translation>
    </message>
    <message>
        <source>Band {band} was asked for, and {path} has bands 1 to {last}; choose one of these.</source>
        <translation>Verlangt wird Kanal {band}, und {path} hat die Kanäle 1 bis {last}; wählen Sie einen von diesen.</translation>
    </message>
    <message>
        <source>A polygon of the {called} cannot be read</source>
        <translation>{called}: Ein Polygon lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>Repair it (Vector &gt; Geometry Tools &gt; Fix geometries), or choose another layer.</source>
        <translation>Reparieren Sie es (Vektor &gt; Geometrie-Werkzeuge &gt; Geometrien reparieren), oder wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <source>The {called} holds points or lines, and needs polygons; choose a polygon layer.</source>
        <translation>{called}: Der Layer enthält Punkte oder Linien, und gebraucht werden Polygone; wählen Sie einen Polygonlayer.</translation>
    </message>
    <message>
        <source>The {called} cannot be burned</source>
        <translation>{called}: Die Polygone lassen sich nicht rastern</translation>
    </message>
    <message>
        <source>{path} ({height} x {width} px) and the image ({image_height} x {image_width} px) are not both georeferenced, so they need the same size; georeference them, or use a map with the image&apos;s pixels.</source>
        <translation>{path} ({height} x {width} px) und das Bild ({image_height} x {image_width} px) sind nicht beide georeferenziert und müssen daher gleich groß sein; georeferenzieren Sie sie, oder verwenden Sie eine Karte mit den Pixeln des Bildes.</translation>
    </message>
    <message>
        <source>The coordinates of {path} cannot be brought to the image&apos;s</source>
        <translation>Die Koordinaten von {path} lassen sich nicht in die des Bildes umrechnen</translation>
    </message>
    <message>
        <source>Warp it to the image&apos;s coordinate reference system first (Raster &gt; Projections &gt; Warp).</source>
        <translation>Transformieren Sie das Raster zuerst in das Koordinatenbezugssystem des Bildes (Raster &gt; Projektionen &gt; Transformieren).</translation>
    </message>
    <message>
        <source>{path} cannot be read under rows {first} to {last} of the image</source>
        <translation>{path} lässt sich unter den Zeilen {first} bis {last} des Bildes nicht lesen</translation>
    </message>
    <message>
        <source>{path} (bands: {count}, data type: {type}) does not have a band of class values for each iteration; choose what Classify and correct or Correct a map wrote as maps after each iteration.</source>
        <translation>{path} (Kanäle: {count}, Datentyp: {type}) hat nicht für jede Iteration einen Kanal mit Klassenwerten; wählen Sie, was Klassifizieren und korrigieren oder Karte korrigieren als Karten nach jeder Iteration geschrieben hat.</translation>
    </message>
    <message>
        <source>The part to show has {height} x {width} pixels, and a picture has at most {most} on a side; choose a smaller extent.</source>
        <translation>Der zu zeigende Teil hat {height} x {width} Pixel, und ein Bild hat höchstens {most} auf einer Seite; wählen Sie eine kleinere Ausdehnung.</translation>
    </message>
    <message>
        <source>The pixels of {path} are not those of the maps; choose the image that was classified.</source>
        <translation>Die Pixel von {path} sind nicht die der Karten; wählen Sie das Bild, das klassifiziert wurde.</translation>
    </message>
    <message>
        <source>{path} is no name for an animation; choose one that ends in {suffixes}.</source>
        <translation>{path} ist kein Name für eine Animation; wählen Sie einen, der auf {suffixes} endet.</translation>
    </message>
    <message>
        <source>The animation {path} cannot be written ({error}); choose a folder that exists, on a disk with room, or a name that ends in .gif.</source>
        <translation>Die Animation {path} lässt sich nicht schreiben ({error}); wählen Sie einen vorhandenen Ordner auf einem Datenträger mit genug Platz oder einen Namen, der auf .gif endet.</translation>
    </message>
    <message>
        <source>Animations need the Python package pillow ({error}), which comes with most QGIS; install it (python3 -m pip install pillow).</source>
        <translation>Animationen brauchen das Python-Paket pillow ({error}), das die meisten QGIS mitbringen; installieren Sie es (python3 -m pip install pillow).</translation>
    </message>
    <message>
        <source>The classes &apos;{classes}&apos; have a class without a name. {how}</source>
        <translation>Unter den Klassen &apos;{classes}&apos; ist eine ohne Namen. {how}</translation>
    </message>
    <message>
        <source>The class &apos;{entry}&apos; has no colour like &apos;#1a2b3c&apos;. {how}</source>
        <translation>Die Klasse &apos;{entry}&apos; hat keine Farbe wie &apos;#1a2b3c&apos;. {how}</translation>
    </message>
    <message>
        <source>only the class {name}</source>
        <translation>nur die Klasse {name}</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>keine Klasse</translation>
    </message>
    <message>
        <source>The labels have {found}, and a network learns to tell classes apart; label another, or name a background and draw the area in which everything else is background.</source>
        <translation>Die Labels haben {found}, und ein Netz lernt, Klassen zu unterscheiden; labeln Sie eine weitere, oder benennen Sie einen Hintergrund und zeichnen Sie das Gebiet, in dem alles andere Hintergrund ist.</translation>
    </message>
    <message>
        <source>The labels have {count} classes, and a map has at most {most}; choose the field with the classes, or list those to learn.</source>
        <translation>Die Labels haben {count} Klassen, und eine Karte hat höchstens {most}; wählen Sie das Feld mit den Klassen, oder führen Sie die zu lernenden auf.</translation>
    </message>
    <message>
        <source>{name!r} cannot be the name of a class, which has 1 to {longest} characters without control characters; choose the field with the classes&apos; names, or list the classes.</source>
        <translation>{name!r} kann nicht der Name einer Klasse sein; er hat 1 bis {longest} Zeichen und keine Steuerzeichen. Wählen Sie das Feld mit den Namen der Klassen, oder führen Sie die Klassen auf.</translation>
    </message>
    <message>
        <source>Chips written: {count}, from blocks of {width} x {height} px.</source>
        <translation>Geschriebene Chips: {count}, aus Blöcken von {width} x {height} px.</translation>
    </message>
    <message>
        <source>Chips that are in the sample set already and were not written again: {count}.</source>
        <translation>Chips, die schon im Lerndatensatz sind und nicht noch einmal geschrieben wurden: {count}.</translation>
    </message>
    <message>
        <source>Labelled pixels left out because they are within {gap} px of the other split: {count}.</source>
        <translation>Pixel mit Label, die ausgelassen wurden, weil sie höchstens {gap} px vom anderen Teil entfernt sind: {count}.</translation>
    </message>
    <message>
        <source>Labelled pixels left out because the image has no data there: {count}.</source>
        <translation>Pixel mit Label, die ausgelassen wurden, weil das Bild dort keine Daten hat: {count}.</translation>
    </message>
    <message>
        <source>Band {bands} of the image is marked as transparency (alpha) and left out. If it is a band like others (near infrared), choose all bands, here and to classify.</source>
        <translation>Kanal {bands} des Bildes ist als Transparenz (Alpha) ausgewiesen und bleibt weg. Wenn er ein Kanal wie andere ist (nahes Infrarot), wählen Sie alle Kanäle, hier und beim Klassifizieren.</translation>
    </message>
    <message>
        <source>No pixel of {image} is labelled: the labels (inside the area, if one is given) lie outside the image or are smaller than its pixels; choose labels of this image.</source>
        <translation>Kein Pixel von {image} hat ein Label: Die Labels (im Gebiet, wenn eines angegeben ist) liegen außerhalb des Bildes oder sind kleiner als seine Pixel; wählen Sie Labels dieses Bildes.</translation>
    </message>
    <message>
        <source>None of the labelled pixels of {image} can be used: {invalid} lie where the image has no data, {halo} within {gap} px of the other split; label another area.</source>
        <translation>Keines der Pixel mit Label von {image} lässt sich verwenden: {invalid} liegen, wo das Bild keine Daten hat, {halo} höchstens {gap} px vom anderen Teil entfernt; labeln Sie ein anderes Gebiet.</translation>
    </message>
    <message>
        <source>Blocks of {size:g} m are {width} px wide, and training and validation labels have to be {gap} px apart; choose a block size of {smallest:.4g} m or more, or leave it empty for an automatic one.</source>
        <translation>Blöcke von {size:g} m sind {width} px breit, und Labels für Training und Validierung müssen {gap} px voneinander entfernt sein; wählen Sie eine Blockgröße von {smallest:.4g} m oder mehr, oder lassen Sie das Feld leer für eine automatische.</translation>
    </message>
    <message>
        <source>The {split} split has no labelled pixel: label areas that are farther apart, or prepare a new sample set with a smaller block size or another validation fraction.</source>
        <translation>Der Teil {split} hat kein Pixel mit Label: Labeln Sie weiter auseinanderliegende Gebiete, oder bereiten Sie einen neuen Lerndatensatz mit kleineren Blöcken oder einem anderen Anteil der Validierung vor.</translation>
    </message>
    <message>
        <source>The class {name} has few {split} pixels ({number}; at least {least} are advised): label more of it.</source>
        <translation>Die Klasse {name} hat wenige Pixel für {split} ({number}; empfohlen sind mindestens {least}): Labeln Sie mehr davon.</translation>
    </message>
    <message>
        <source>The chip {path} cannot be opened</source>
        <translation>Der Chip {path} lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Make the sample set again in another folder.</source>
        <translation>Erzeugen Sie den Lerndatensatz in einem anderen Ordner neu.</translation>
    </message>
    <message>
        <source>{path} has {count} bands, and a class raster has one; choose the raster that holds the classes, not a picture of it.</source>
        <translation>{path} hat {count} Kanäle, und ein Klassenraster hat einen; wählen Sie das Raster mit den Klassen, kein Bild davon.</translation>
    </message>
    <message>
        <source>{path} holds the value {value:g}, and a class raster has whole numbers; choose a raster of classes, or reclassify this one first.</source>
        <translation>{path} enthält den Wert {value:g}, und ein Klassenraster hat ganze Zahlen; wählen Sie ein Raster mit Klassen, oder reklassifizieren Sie dieses zuerst.</translation>
    </message>
    <message>
        <source>The folder {folder} has no readable samples.json</source>
        <translation>Der Ordner {folder} hat keine lesbare Datei samples.json</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist</source>
        <translation>Den Ordner {folder} gibt es nicht</translation>
    </message>
    <message>
        <source>{fault}; choose a folder made as a sample set.</source>
        <translation>{fault}; wählen Sie einen Ordner, der als Lerndatensatz erzeugt wurde.</translation>
    </message>
    <message>
        <source>{path} is damaged ({error}); make the sample set again.</source>
        <translation>{path} ist beschädigt ({error}); erzeugen Sie den Lerndatensatz neu.</translation>
    </message>
    <message>
        <source>The chip {path} has an unknown pixel type; make the sample set again.</source>
        <translation>Der Chip {path} hat einen unbekannten Datentyp; erzeugen Sie den Lerndatensatz neu.</translation>
    </message>
    <message>
        <source>The chip {path} cannot be written ({error}); choose another folder.</source>
        <translation>Der Chip {path} lässt sich nicht schreiben ({error}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The chip {path} cannot be written ({error}); is the disk full?</source>
        <translation>Der Chip {path} lässt sich nicht schreiben ({error}); ist der Datenträger voll?</translation>
    </message>
    <message>
        <source>The chip {path} cannot be read ({error}); make the sample set again.</source>
        <translation>Der Chip {path} lässt sich nicht lesen ({error}); erzeugen Sie den Lerndatensatz neu.</translation>
    </message>
    <message>
        <source>Chip {chip} has an image of shape {image_shape} and labels of shape {labels_shape}; needed are {bands} bands and labels of the same height and width.</source>
        <translation>Der Chip {chip} hat ein Bild der Form {image_shape} und Labels der Form {labels_shape}; gebraucht werden {bands} Kanäle und Labels gleicher Höhe und Breite.</translation>
    </message>
    <message>
        <source>Chip {chip} has label {label}, and there are {count} classes.</source>
        <translation>Der Chip {chip} hat das Label {label}, und es gibt {count} Klassen.</translation>
    </message>
    <message>
        <source>The sample set {folder} cannot be written ({error}); choose a folder you may write to.</source>
        <translation>Der Lerndatensatz {folder} lässt sich nicht schreiben ({error}); wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>The sample set {folder} has no labelled pixel; add labels on the image.</source>
        <translation>Der Lerndatensatz {folder} hat kein Pixel mit Label; fügen Sie Labels auf dem Bild hinzu.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({error}); choose a folder you may write to, on a disk with room.</source>
        <translation>{path} lässt sich nicht schreiben ({error}); wählen Sie einen Ordner, in den Sie schreiben dürfen, auf einem Datenträger mit genug Platz.</translation>
    </message>
    <message>
        <source>The sample set {folder} has no labelled training pixel; add labelled chips to train.</source>
        <translation>Der Lerndatensatz {folder} hat kein Trainingspixel mit Label; fügen Sie dem Training gelabelte Chips hinzu.</translation>
    </message>
    <message>
        <source>{folder} is a sample set of the {kind} {needed}, and these samples have {names}; use the same in the same order, or choose another folder.</source>
        <translation>{folder} ist ein Lerndatensatz mit {kind}: {needed}. Diese Lerndaten haben: {names}. Verwenden Sie dieselben in derselben Reihenfolge, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{folder} is a sample set of pixels of {known_size:.3g} m, and this image&apos;s are {size:.3g} m wide; choose another folder, or resample the image first.</source>
        <translation>{folder} ist ein Lerndatensatz mit Pixeln von {known_size:.3g} m, und die dieses Bildes sind {size:.3g} m breit; wählen Sie einen anderen Ordner, oder rechnen Sie das Bild zuerst um.</translation>
    </message>
    <message>
        <source>{folder} is a sample set of an older version, which cannot be added to; choose another folder, and train on both.</source>
        <translation>{folder} ist ein Lerndatensatz einer älteren Version, der sich nicht ergänzen lässt; wählen Sie einen anderen Ordner, und trainieren Sie mit beiden.</translation>
    </message>
    <message>
        <source>{folder} is a sample set of {found} values, and this image has {type}; choose another folder, or convert the image first.</source>
        <translation>{folder} ist ein Lerndatensatz mit Werten vom Typ {found}, und dieses Bild hat {type}; wählen Sie einen anderen Ordner, oder wandeln Sie das Bild zuerst um.</translation>
    </message>
    <message>
        <source>The checkpoint {path} cannot be written ({error}); train into a folder that exists, on a disk with room. The last checkpoint, if there is one, is as it was.</source>
        <translation>Der Zwischenstand {path} lässt sich nicht schreiben ({error}); trainieren Sie in einen vorhandenen Ordner auf einem Datenträger mit genug Platz. Der letzte Zwischenstand, wenn es einen gibt, ist unverändert.</translation>
    </message>
    <message>
        <source>The checkpoint {path} cannot be read ({error}); delete it to start anew.</source>
        <translation>Der Zwischenstand {path} lässt sich nicht lesen ({error}); löschen Sie ihn, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>The checkpoint {path} belongs to another recipe; delete it to start anew, or use its settings.</source>
        <translation>Der Zwischenstand {path} gehört zu anderen Einstellungen; löschen Sie ihn, um neu zu beginnen, oder verwenden Sie seine Einstellungen.</translation>
    </message>
    <message>
        <source>{path} is a {role} ({name}), and a classifier is needed here; choose a classifier.</source>
        <translation>{path} ist ein {role} ({name}), und hier wird ein Klassifikator gebraucht; wählen Sie einen Klassifikator.</translation>
    </message>
    <message>
        <source>The classifier {path} has the {what} {needed}, and the samples have {names}; prepare the samples with the same in the same order, or choose another classifier.</source>
        <translation>Der Klassifikator {path} hat die {what} {needed}, und die Lerndaten haben {names}; bereiten Sie die Lerndaten mit denselben in derselben Reihenfolge vor, oder wählen Sie einen anderen Klassifikator.</translation>
    </message>
    <message>
        <source>The map {map} has no data on the chip {chip}; a corrector learns from map and labels of the same area: choose a map that covers all samples, or samples from the area of the map only.</source>
        <translation>Die Karte {map} hat auf dem Chip {chip} keine Daten; ein Korrektor lernt aus Karte und Labels desselben Gebiets: Wählen Sie eine Karte, die alle Lerndaten bedeckt, oder Lerndaten nur aus dem Gebiet der Karte.</translation>
    </message>
    <message>
        <source>Scoring was cancelled. What was scored is kept: the same command, or Run with the same settings, goes on from the chips that are scored.</source>
        <translation>Das Bewerten wurde abgebrochen. Was bewertet wurde, bleibt erhalten: Derselbe Befehl, oder Starten mit denselben Einstellungen, geht von den bewerteten Chips aus weiter.</translation>
    </message>
    <message>
        <source>The scores of all training chips are the same everywhere, so there is no map to correct; check the classifier or map in this area.</source>
        <translation>Die Bewertungen aller Trainingschips sind überall gleich, es gibt also keine Karte zu korrigieren; prüfen Sie den Klassifikator oder die Karte in diesem Gebiet.</translation>
    </message>
    <message>
        <source>The scores {path} cannot be written ({error}); they are kept beside the samples: copy the sample set to a folder that can be written, on a disk with room.</source>
        <translation>Die Bewertungen {path} lassen sich nicht schreiben ({error}); sie liegen neben den Lerndaten: Kopieren Sie den Lerndatensatz in einen Ordner, in den geschrieben werden kann, auf einem Datenträger mit genug Platz.</translation>
    </message>
    <message>
        <source>Fine-tuning {name}, of the architecture &apos;{form}&apos;.</source>
        <translation>Weiter trainiert wird {name} mit der Architektur &apos;{form}&apos;.</translation>
    </message>
    <message>
        <source>Its last layer is new, because it knew other classes: {classes}.</source>
        <translation>Seine letzte Schicht ist neu, weil es andere Klassen kannte: {classes}.</translation>
    </message>
    <message>
        <source>Start scores: {name}, kept as scores/{folder} in the sample set.</source>
        <translation>Ausgangsbewertungen: {name}, aufbewahrt als scores/{folder} im Lerndatensatz.</translation>
    </message>
    <message>
        <source>The classifier was trained on these very samples. Where it has learned, its maps are better than elsewhere, so the corrector learns to correct less than there is to correct: label another area for it.</source>
        <translation>Der Klassifikator wurde mit genau diesen Lerndaten trainiert. Wo er gelernt hat, sind seine Karten besser als anderswo; der Korrektor lernt deshalb, weniger zu korrigieren, als zu korrigieren ist: Labeln Sie ein anderes Gebiet für ihn.</translation>
    </message>
    <message>
        <source>The scores to correct: validation mean IoU {percent:.1f} %.</source>
        <translation>Die zu korrigierenden Bewertungen: mittlere IoU der Validierung {percent:.1f} %.</translation>
    </message>
    <message>
        <source>Going on from {name}: its architecture &apos;{form}&apos; and its sizes are kept.</source>
        <translation>Weiter trainiert wird {name}: Architektur &apos;{form}&apos; und Größen bleiben.</translation>
    </message>
    <message>
        <source>The best number of iterations on the validation map is {number} (of 1 to {most}): mean IoU {after}, against {before} before the correction.</source>
        <translation>Die beste Zahl der Iterationen auf der Validierungskarte ist {number} (von 1 bis {most}): mittlere IoU {after}, gegenüber {before} vor der Korrektur.</translation>
    </message>
    <message>
        <source>The corrector hardly improves the validation map (mean IoU {before} before, {best} at best)</source>
        <translation>Der Korrektor verbessert die Validierungskarte kaum (mittlere IoU {before} vorher, {best} im besten Fall)</translation>
    </message>
    <message>
        <source>The corrector does not improve the validation map (mean IoU {before} before, {best} at best)</source>
        <translation>Der Korrektor verbessert die Validierungskarte nicht (mittlere IoU {before} vorher, {best} im besten Fall)</translation>
    </message>
    <message>
        <source>{fault}, and may do harm elsewhere: train for more epochs, label a larger area, accurately along the boundaries, or use no corrector.</source>
        <translation>{fault} und kann anderswo schaden: Trainieren Sie mehr Epochen, labeln Sie ein größeres Gebiet, genau entlang der Grenzen, oder verwenden Sie keinen Korrektor.</translation>
    </message>
    <message>
        <source>No sample set was given; choose at least one folder made as a sample set.</source>
        <translation>Es ist kein Lerndatensatz angegeben; wählen Sie mindestens einen Ordner, der als Lerndatensatz erzeugt wurde.</translation>
    </message>
    <message>
        <source>add a set with training blocks</source>
        <translation>fügen Sie einen Lerndatensatz mit Trainingsblöcken hinzu</translation>
    </message>
    <message>
        <source>add a set with validation blocks, or prepare one with a validation fraction</source>
        <translation>fügen Sie einen Lerndatensatz mit Validierungsblöcken hinzu, oder bereiten Sie einen mit einem Anteil der Validierung vor</translation>
    </message>
    <message>
        <source>The samples have no {split} pixel with a label, and training needs some for learning and some for choosing the best epoch; {advice}.</source>
        <translation>Die Lerndaten haben kein Pixel mit Label für {split}; das Training braucht welche zum Lernen und welche, um die beste Epoche zu wählen; {advice}.</translation>
    </message>
    <message>
        <source>The samples have training labels of the class {name} only, and a network learns to tell classes apart; label at least one other class, or name a background class when the samples are prepared.</source>
        <translation>Die Lerndaten haben Trainingslabels nur von der Klasse {name}, und ein Netz lernt, Klassen zu unterscheiden; labeln Sie mindestens eine weitere Klasse, oder nennen Sie beim Vorbereiten der Lerndaten eine Hintergrundklasse.</translation>
    </message>
    <message>
        <source>Too few training pixels are labelled for {classes}; each class needs {least} or more: label more of it, or prepare the samples without it.</source>
        <translation>Zu wenige Trainingspixel haben ein Label von {classes}; jede Klasse braucht {least} oder mehr: Labeln Sie mehr davon, oder bereiten Sie die Lerndaten ohne sie vor.</translation>
    </message>
    <message>
        <source>No validation pixel is labelled as {classes}: the accuracy figures do not tell how well that is found.</source>
        <translation>Kein Validierungspixel hat ein Label von {classes}: Die Genauigkeitszahlen sagen nicht, wie gut das erkannt wird.</translation>
    </message>
    <message>
        <source>The chip {path} is missing; make the sample set again.</source>
        <translation>Der Chip {path} fehlt; erzeugen Sie den Lerndatensatz neu.</translation>
    </message>
    <message>
        <source>The sample set {first} has the {what} {names}, and {other} has {others}; sets that are used together need the same {what} in the same order.</source>
        <translation>Der Lerndatensatz {first} hat die {what} {names}, und {other} hat {others}; zusammen verwendete Lerndatensätze brauchen dieselben {what} in derselben Reihenfolge.</translation>
    </message>
    <message>
        <source>The pixels of {first} are {first_size:.3g} m wide and those of {other} {other_size:.3g} m, and one network learns one pixel size; resample one of the images, or train a network for each.</source>
        <translation>Die Pixel von {first} sind {first_size:.3g} m breit und die von {other} {other_size:.3g} m, und ein Netz lernt eine einzige Pixelgröße; rechnen Sie eines der Bilder um, oder trainieren Sie für jedes ein Netz.</translation>
    </message>
    <message>
        <source>Training a network of the architecture &apos;{form}&apos; on {device}. Epochs: at most {epochs}. Steps per epoch: {steps}. Batch size: {batch} patches of {side} x {side} px. Training chips: {chips}. Validation chips, which choose the best epoch: {validation}.</source>
        <translation>Trainiert wird ein Netz der Architektur &apos;{form}&apos; auf {device}. Epochen: höchstens {epochs}. Schritte je Epoche: {steps}. Stapelgröße: {batch} Ausschnitte von {side} x {side} px. Trainingschips: {chips}. Validierungschips, die die beste Epoche wählen: {validation}.</translation>
    </message>
    <message>
        <source>Training chips that are smaller than a patch and not learned from: {unused} of {all}.</source>
        <translation>Trainingschips, die kleiner als ein Ausschnitt sind und aus denen nicht gelernt wird: {unused} von {all}.</translation>
    </message>
    <message>
        <source>validation mean IoU {percent} %</source>
        <translation>mittlere IoU der Validierung {percent} %</translation>
    </message>
    <message>
        <source>validation mean IoU after each iteration {percent} %</source>
        <translation>mittlere IoU der Validierung nach jeder Iteration {percent} %</translation>
    </message>
    <message>
        <source>{accuracy} (best so far)</source>
        <translation>{accuracy} (die bisher beste)</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {epochs}: loss {loss:.4f}, {accuracy}, {rate:.2f} Mpx/s, {seconds:.0f} s; about {left} left.</source>
        <translation>Epoche {epoch} von {epochs}: Verlust {loss:.4f}, {accuracy}, {rate:.2f} Mpx/s, {seconds:.0f} s; noch etwa {left}.</translation>
    </message>
    <message>
        <source>Training ends early: no epoch after epoch {best} was better (patience: {patience}).</source>
        <translation>Das Training endet vorzeitig: Keine Epoche nach Epoche {best} war besser (Geduld: {patience}).</translation>
    </message>
    <message>
        <source>{fault}; train with a smaller learning rate.</source>
        <translation>{fault}; trainieren Sie mit einer kleineren Lernrate.</translation>
    </message>
    <message>
        <source>{fault}: the best state so far, of epoch {best}, is kept.</source>
        <translation>{fault}: Der bisher beste Stand, der von Epoche {best}, wird behalten.</translation>
    </message>
    <message>
        <source>PyTorch {version} has no CUDA here; choose &apos;auto&apos; or &apos;CPU&apos;, or install a PyTorch with CUDA and NVIDIA&apos;s driver.</source>
        <translation>PyTorch {version} hat hier kein CUDA; wählen Sie &apos;auto&apos; oder &apos;CPU&apos;, oder installieren Sie ein PyTorch mit CUDA und den Treiber von NVIDIA.</translation>
    </message>
    <message>
        <source>Training was cancelled. What was learned is kept: the same command, or Run with the same settings, goes on from the last whole epoch.</source>
        <translation>Das Training wurde abgebrochen. Das Gelernte bleibt erhalten: Derselbe Befehl, oder Starten mit denselben Einstellungen, geht von der letzten ganzen Epoche aus weiter.</translation>
    </message>
    <message>
        <source>The loss became NaN or infinite at step {step}</source>
        <translation>Der Verlust wurde in Schritt {step} NaN oder unendlich</translation>
    </message>
    <message>
        <source>The weights became NaN or infinite at step {step}</source>
        <translation>Die Gewichte wurden in Schritt {step} NaN oder unendlich</translation>
    </message>
    <message>
        <source>No training chip of {samples} is {side} px high and wide; choose smaller patches or make larger chips.</source>
        <translation>Kein Trainingschip von {samples} ist {side} px hoch und breit; wählen Sie kleinere Ausschnitte, oder erzeugen Sie größere Chips.</translation>
    </message>
    <message>
        <source>The largest training chip is {largest} px wide, and this network, whose receptive field radius is {radius} px, needs chips of {needed} px or more; prepare the samples with larger chips.</source>
        <translation>Der größte Trainingschip ist {largest} px breit, und dieses Netz, dessen rezeptives Feld einen Radius von {radius} px hat, braucht Chips von {needed} px oder mehr; bereiten Sie die Lerndaten mit größeren Chips vor.</translation>
    </message>
    <message>
        <source>The network {output} cannot be written ({error}); choose a place in a folder that can be written to.</source>
        <translation>Das Netz {output} lässt sich nicht schreiben ({error}); wählen Sie einen Ordner, in den geschrieben werden kann.</translation>
    </message>
    <message>
        <source>This training was begun before and goes on from its last whole epoch.</source>
        <translation>Dieses Training wurde früher begonnen und geht von seiner letzten ganzen Epoche aus weiter.</translation>
    </message>
    <message>
        <source>A training for {output} with other settings or samples was begun before; it is kept in {files} and goes on with its own settings. Delete the file if it is not needed.</source>
        <translation>Für {output} wurde früher ein Training mit anderen Einstellungen oder Lerndaten begonnen; es liegt in {files} und geht mit seinen eigenen Einstellungen weiter. Löschen Sie die Datei, wenn sie nicht gebraucht wird.</translation>
    </message>
    <message>
        <source>Threads of PyTorch: {number}, as chosen.</source>
        <translation>Threads von PyTorch: {number}, wie gewählt.</translation>
    </message>
    <message>
        <source>Threads of PyTorch: {number}, because about {free:.1f} of the processor&apos;s cores are free now. Another number can be chosen; the result depends on it slightly.</source>
        <translation>Threads von PyTorch: {number}, weil gerade etwa {free:.1f} Kerne des Prozessors frei sind. Eine andere Zahl lässt sich wählen; das Ergebnis hängt ein wenig davon ab.</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>corrector</source>
        <translation>Korrektor</translation>
    </message>
    <message>
        <source>bands</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>band</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>labelled area</source>
        <translation>gelabeltes Gebiet</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>Eingänge</translation>
    </message>
    <message>
        <source>outputs</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <source>Contract field &apos;format_version&apos; must be a whole number, not {version}.</source>
        <translation>Das Feld &apos;format_version&apos; der Netzbeschreibung muss eine ganze Zahl sein und nicht {version}.</translation>
    </message>
    <message>
        <source>The network was written in format {version}, and this version of Recurve reads formats up to {newest}; update Recurve.</source>
        <translation>Das Netz wurde im Format {version} geschrieben, und diese Version von Recurve liest Formate bis {newest}; aktualisieren Sie Recurve.</translation>
    </message>
    <message>
        <source>Contract field &apos;{name}&apos; is missing; export the network again.</source>
        <translation>Das Feld &apos;{name}&apos; der Netzbeschreibung fehlt; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>Contract field {name} is unknown; export the network again.</source>
        <translation>Das Feld {name} der Netzbeschreibung ist unbekannt; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>Contract field &apos;{field}&apos; must be a list of objects with {names}; export the network again.</source>
        <translation>Das Feld &apos;{field}&apos; der Netzbeschreibung muss eine Liste von Objekten mit {names} sein; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>a whole number from 1</source>
        <translation>eine ganze Zahl ab 1</translation>
    </message>
    <message>
        <source>a text of {name}</source>
        <translation>ein Text aus {name}</translation>
    </message>
    <message>
        <source>0 to 4096 px, or null for a classifier whose receptive field radius is unknown</source>
        <translation>0 bis 4096 px, oder null für einen Klassifikator, dessen rezeptives Feld einen unbekannten Radius hat</translation>
    </message>
    <message>
        <source>1 to 256 px for a corrector and 0 for a classifier</source>
        <translation>1 bis 256 px für einen Korrektor und 0 für einen Klassifikator</translation>
    </message>
    <message>
        <source>1 to 256 px</source>
        <translation>1 bis 256 px</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>&apos;classifier&apos; or &apos;corrector&apos;</source>
        <translation>&apos;classifier&apos; oder &apos;corrector&apos;</translation>
    </message>
    <message>
        <source>a length above 0 m</source>
        <translation>eine Länge über 0 m</translation>
    </message>
    <message>
        <source>two lengths in m around pixel_size_m</source>
        <translation>zwei Längen in m um pixel_size_m</translation>
    </message>
    <message>
        <source>1 to 1000 for a corrector and 0 for a classifier</source>
        <translation>1 bis 1000 für einen Korrektor und 0 für einen Klassifikator</translation>
    </message>
    <message>
        <source>64 hexadecimal digits or &apos;map&apos; for a corrector and empty for a classifier</source>
        <translation>64 hexadezimale Ziffern oder &apos;map&apos; für einen Korrektor und leer für einen Klassifikator</translation>
    </message>
    <message>
        <source>one of {kinds}, for a corrector that was trained on maps, or empty</source>
        <translation>eines von {kinds} für einen Korrektor, der mit Karten trainiert wurde, oder leer</translation>
    </message>
    <message>
        <source>Contract field &apos;{name}&apos; must be {needed}, not {value}; export the network again.</source>
        <translation>Das Feld &apos;{name}&apos; der Netzbeschreibung muss {needed} sein und nicht {value}; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>a list of at least one band</source>
        <translation>eine Liste von mindestens einem Kanal</translation>
    </message>
    <message>
        <source>a list of at most {most} bands</source>
        <translation>eine Liste von höchstens {most} Kanälen</translation>
    </message>
    <message>
        <source>a list of bands, each with a name of {name}, minimum, maximum, mean and a deviation above 0</source>
        <translation>eine Liste von Kanälen, jeder mit einem Namen aus {name}, Minimum, Maximum, Mittelwert und einer Standardabweichung über 0</translation>
    </message>
    <message>
        <source>a list of classes</source>
        <translation>eine Liste von Klassen</translation>
    </message>
    <message>
        <source>a list of 2 to 254 classes</source>
        <translation>eine Liste von 2 bis 254 Klassen</translation>
    </message>
    <message>
        <source>a list of classes, each with a name of {name} and a colour like &apos;#1a2b3c&apos;</source>
        <translation>eine Liste von Klassen, jede mit einem Namen aus {name} und einer Farbe wie &apos;#1a2b3c&apos;</translation>
    </message>
    <message>
        <source>a list of classes with different names</source>
        <translation>eine Liste von Klassen mit verschiedenen Namen</translation>
    </message>
    <message>
        <source>1 to {longest} characters without control characters</source>
        <translation>1 bis {longest} Zeichen ohne Steuerzeichen</translation>
    </message>
    <message>
        <source>The contract is not JSON ({error}); export the network again.</source>
        <translation>Die Netzbeschreibung ist kein JSON ({error}); exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The contract is not a JSON object; export the network again.</source>
        <translation>Die Netzbeschreibung ist kein JSON-Objekt; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The contract is nested more than {most} deep; export the network again with less in &apos;training&apos;.</source>
        <translation>Die Netzbeschreibung ist tiefer als {most} Ebenen verschachtelt; exportieren Sie das Netz noch einmal, mit weniger in &apos;training&apos;.</translation>
    </message>
    <message>
        <source>The contract holds {value}, which is half a character; export the network again.</source>
        <translation>Die Netzbeschreibung enthält {value}, was ein halbes Zeichen ist; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The graph makes more than {most} numbers out of constants alone (the last ones with {operator}), which no network needs; export the network again.</source>
        <translation>Der Graph macht allein aus Konstanten mehr als {most} Zahlen (die letzten mit {operator}), was kein Netz braucht; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The graph computes {operator} from constants alone, and its result should be in the file; export the network again with its constants folded.</source>
        <translation>Der Graph berechnet {operator} allein aus Konstanten, und das Ergebnis sollte in der Datei stehen; exportieren Sie das Netz noch einmal, mit zusammengefassten Konstanten.</translation>
    </message>
    <message>
        <source>The graph calls functions of its own, and Recurve runs plain graphs; export the network again with its functions inlined.</source>
        <translation>Der Graph ruft eigene Funktionen auf, und Recurve führt einfache Graphen aus; exportieren Sie das Netz noch einmal, mit eingesetzten Funktionen.</translation>
    </message>
    <message>
        <source>The file holds a graph for training, and Recurve runs plain ones; export the network again for inference.</source>
        <translation>Die Datei enthält einen Graphen zum Trainieren, und Recurve führt einfache aus; exportieren Sie das Netz noch einmal, zum Anwenden.</translation>
    </message>
    <message>
        <source>The file holds graphs within graphs, more than {most} deep; export the network again.</source>
        <translation>Die Datei enthält Graphen in Graphen, tiefer als {most} Ebenen; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The graph needs the operator {operator} of {domain}, and Recurve runs the operators of the ONNX standard only; export the network again without it.</source>
        <translation>Der Graph braucht den Operator {operator} aus {domain}, und Recurve führt nur die Operatoren des ONNX-Standards aus; exportieren Sie das Netz noch einmal ohne ihn.</translation>
    </message>
    <message>
        <source>The graph sets {attribute} of an operator to {number}, and whole numbers of 32 bits are allowed; the file is damaged: copy it again, or export the network again.</source>
        <translation>Der Graph setzt {attribute} eines Operators auf {number}, und erlaubt sind ganze Zahlen mit 32 Bit; die Datei ist beschädigt: Kopieren Sie sie noch einmal, oder exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The graph holds a sparse tensor, and Recurve runs graphs with plain ones; export the network again with dense weights.</source>
        <translation>Der Graph enthält einen dünn besetzten Tensor, und Recurve führt Graphen mit dicht besetzten aus; exportieren Sie das Netz noch einmal, mit dicht besetzten Gewichten.</translation>
    </message>
    <message>
        <source>{path} is an ONNX file without Recurve&apos;s contract (bands, classes, receptive field); choose a network that was trained or exported by Recurve.</source>
        <translation>{path} ist eine ONNX-Datei ohne Recurves Netzbeschreibung (Kanäle, Klassen, rezeptives Feld); wählen Sie ein Netz, das von Recurve trainiert oder exportiert wurde.</translation>
    </message>
    <message>
        <source>{path} has {count} contracts, and a network has one; export the network again.</source>
        <translation>{path} hat {count} Netzbeschreibungen, und ein Netz hat eine; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The contract in {path} has {size} bytes, and at most {most} are read; export the network again.</source>
        <translation>Die Netzbeschreibung in {path} hat {size} Bytes, und höchstens {most} werden gelesen; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>{path} is not a file; choose an .onnx file made by Recurve.</source>
        <translation>{path} ist keine Datei; wählen Sie eine von Recurve erzeugte .onnx-Datei.</translation>
    </message>
    <message>
        <source>The network file {path} cannot be read ({error}); choose an .onnx file made by Recurve.</source>
        <translation>Die Netzdatei {path} lässt sich nicht lesen ({error}); wählen Sie eine von Recurve erzeugte .onnx-Datei.</translation>
    </message>
    <message>
        <source>{path} is larger than an ONNX file can be; choose a network made by Recurve.</source>
        <translation>{path} ist größer, als eine ONNX-Datei sein kann; wählen Sie ein von Recurve erzeugtes Netz.</translation>
    </message>
    <message>
        <source>{path} is not an ONNX file or is damaged; choose an .onnx file made by Recurve, or copy it again.</source>
        <translation>{path} ist keine ONNX-Datei oder ist beschädigt; wählen Sie eine von Recurve erzeugte .onnx-Datei, oder kopieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>The graph keeps the values of the tensor {name} in another file (external data), and Recurve reads the network&apos;s own file only; export the network again with all weights inside.</source>
        <translation>Der Graph hat die Werte des Tensors {name} in einer anderen Datei (external data), und Recurve liest nur die Datei des Netzes selbst; exportieren Sie das Netz noch einmal, mit allen Gewichten darin.</translation>
    </message>
    <message>
        <source>The tensor {name} declares the shape {shape}, and the file holds at most {most} values for it; the file is damaged: copy it again, or export the network again.</source>
        <translation>Der Tensor {name} gibt die Form {shape} an, und die Datei enthält höchstens {most} Werte für ihn; die Datei ist beschädigt: Kopieren Sie sie noch einmal, oder exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>ONNX Runtime&apos;s scores differ from PyTorch&apos;s by {difference:.2g}, and {allowed} is allowed; {path} was not written. Train with smaller weights, or report this with the versions of both.</source>
        <translation>Die Bewertungen von ONNX Runtime weichen um {difference:.2g} von denen von PyTorch ab, und {allowed} ist erlaubt; {path} wurde nicht geschrieben. Trainieren Sie mit kleineren Gewichten, oder melden Sie das mit den Versionen beider.</translation>
    </message>
    <message>
        <source>{path} corrects the classes {known}, and the samples have the classes {names}; both must be the same, in the same order: choose another corrector, or train one from the start.</source>
        <translation>{path} korrigiert die Klassen {known}, und die Lerndaten haben die Klassen {names}; beide müssen dieselben sein, in derselben Reihenfolge: Wählen Sie einen anderen Korrektor, oder trainieren Sie einen von Anfang an.</translation>
    </message>
    <message>
        <source>{path} is a {found}, and a {role} is needed to start from; choose a {role}, or train one from the start.</source>
        <translation>{path} ist ein {found}, und zum Weitertrainieren wird ein {role} gebraucht; wählen Sie einen {role}, oder trainieren Sie einen von Anfang an.</translation>
    </message>
    <message>
        <source>{path} is a {role} of the architecture {form!r}, and training goes on from {known} only; choose another network, or train without one to start from.</source>
        <translation>{path} ist ein {role} der Architektur {form!r}, und weiter trainiert werden nur {known}; wählen Sie ein anderes Netz, oder trainieren Sie ohne Ausgangsnetz.</translation>
    </message>
    <message>
        <source>{path} reads the bands {bands}, and the samples have the bands {names}; both must be the same, in the same order: choose another network, or make the samples from these bands.</source>
        <translation>{path} liest die Kanäle {bands}, und die Lerndaten haben die Kanäle {names}; beide müssen dieselben sein, in derselben Reihenfolge: Wählen Sie ein anderes Netz, oder erzeugen Sie die Lerndaten aus diesen Kanälen.</translation>
    </message>
    <message>
        <source>The weights in {path} are not those of the architecture {form!r} ({error}); choose a {found} as Recurve has exported it, or train without a network to start from.</source>
        <translation>Die Gewichte in {path} sind nicht die der Architektur {form!r} ({error}); wählen Sie einen {found}, wie Recurve ihn exportiert hat, oder trainieren Sie ohne Ausgangsnetz.</translation>
    </message>
    <message>
        <source>ONNX Runtime cannot load {path} ({reason}); the file is damaged or was made for another version, export the network again.</source>
        <translation>ONNX Runtime kann {path} nicht laden ({reason}); die Datei ist beschädigt oder für eine andere Version gemacht: Exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>{device} was not taken: {reason}.</source>
        <translation>{device} wurde nicht genommen: {reason}.</translation>
    </message>
    <message>
        <source>The network cannot run on {device}. {remarks} Choose another device, or &apos;auto&apos;.</source>
        <translation>Das Netz läuft nicht auf {device}. {remarks} Wählen Sie ein anderes Gerät oder &apos;auto&apos;.</translation>
    </message>
    <message>
        <source>{path} gives scores of the shape {shape} in its self-test, and {expected} is expected; export the network again.</source>
        <translation>{path} gibt in seinem Selbsttest Bewertungen der Form {shape}, und erwartet wird {expected}; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>{path} gives other scores on {device} than its author saw (difference {difference:.2g}, allowed {allowed}); choose another device, or update its driver.</source>
        <translation>{path} gibt auf {device} andere Bewertungen, als sein Autor gesehen hat (Unterschied {difference:.2g}, erlaubt {allowed}); wählen Sie ein anderes Gerät, oder aktualisieren Sie seinen Treiber.</translation>
    </message>
    <message>
        <source>There is no precision &apos;{precision}&apos;; choose one of {precisions}.</source>
        <translation>Eine Genauigkeit &apos;{precision}&apos; gibt es nicht; wählen Sie eine von {precisions}.</translation>
    </message>
    <message>
        <source>The network cannot run in fp16 on {device} ({reason}).</source>
        <translation>Das Netz läuft in fp16 nicht auf {device} ({reason}).</translation>
    </message>
    <message>
        <source>fp16 was not taken: {error}</source>
        <translation>fp16 wurde nicht genommen: {error}</translation>
    </message>
    <message>
        <source>{network} in fp16 gives {percent:.2f} % of the pixels of a self-test the class they have in fp32, and {needed:g} % are needed; choose the precision fp32.</source>
        <translation>{network} gibt in fp16 {percent:.2f} % der Pixel eines Selbsttests die Klasse, die sie in fp32 haben, und {needed:g} % werden gebraucht; wählen Sie die Genauigkeit fp32.</translation>
    </message>
    <message>
        <source>The graph in {path} has the {kind} {found}, and its contract promises {channels} (name and channels); export the network again.</source>
        <translation>Der Graph in {path} hat die {kind} {found}, und seine Netzbeschreibung verspricht {channels} (Name und Kanäle); exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>Half precision needs the Python package onnx ({error}); install it where onnxruntime is (python3 -m pip install --no-deps --target &lt;that folder&gt; onnx protobuf typing_extensions), or choose the precision fp32.</source>
        <translation>Halbe Genauigkeit braucht das Python-Paket onnx ({error}); installieren Sie es dort, wo onnxruntime ist (python3 -m pip install --no-deps --target &lt;dieser Ordner&gt; onnx protobuf typing_extensions), oder wählen Sie die Genauigkeit fp32.</translation>
    </message>
    <message>
        <source>{classifier} has changed since it was opened; run again.</source>
        <translation>{classifier} hat sich geändert, seit die Datei geöffnet wurde; starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>The self-test of network {name} is missing or damaged ({error}); export the network again.</source>
        <translation>Der Selbsttest des Netzes {name} fehlt oder ist beschädigt ({error}); exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>ONNX Runtime is not installed ({error}); install the Python package onnxruntime, or onnxruntime-gpu for NVIDIA graphics.</source>
        <translation>ONNX Runtime ist nicht installiert ({error}); installieren Sie das Python-Paket onnxruntime, oder onnxruntime-gpu für Grafikkarten von NVIDIA.</translation>
    </message>
    <message>
        <source>There is no device &apos;{device}&apos;; choose one of {devices}.</source>
        <translation>Ein Gerät &apos;{device}&apos; gibt es nicht; wählen Sie eines von {devices}.</translation>
    </message>
    <message>
        <source>the installed ONNX Runtime was built without it (it comes with the Python package onnxruntime-gpu)</source>
        <translation>die installierte ONNX Runtime wurde ohne diese Unterstützung gebaut (sie kommt mit dem Python-Paket onnxruntime-gpu)</translation>
    </message>
    <message>
        <source>the installed ONNX Runtime was built without it</source>
        <translation>die installierte ONNX Runtime wurde ohne diese Unterstützung gebaut</translation>
    </message>
    <message>
        <source>its libraries did not load</source>
        <translation>die Bibliotheken ließen sich nicht laden</translation>
    </message>
    <message>
        <source>{device} cannot run {name}.onnx ({reason}); choose another device.</source>
        <translation>{device} kann {name}.onnx nicht ausführen ({reason}); wählen Sie ein anderes Gerät.</translation>
    </message>
    <message>
        <source>Sending {megabytes:.0f} MB to {device} failed</source>
        <translation>Das Übertragen von {megabytes:.0f} MB auf {device} ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>{name} failed on {device}</source>
        <translation>{name} ist auf {device} fehlgeschlagen</translation>
    </message>
    <message>
        <source>{what}: its memory is too small ({error}); choose a smaller tile side, or the device CPU.</source>
        <translation>{what}: Der Speicher ist zu klein ({error}); wählen Sie eine kleinere Kantenlänge der Kacheln oder das Gerät CPU.</translation>
    </message>
    <message>
        <source>{what} ({error}); choose a smaller tile side or the device CPU.</source>
        <translation>{what} ({error}); wählen Sie eine kleinere Kantenlänge der Kacheln oder das Gerät CPU.</translation>
    </message>
    <message>
        <source>The network gave scores that are no finite numbers. Check that the image&apos;s values are those it was trained for, or choose the precision fp32 or the device CPU.</source>
        <translation>Das Netz hat Bewertungen ergeben, die keine endlichen Zahlen sind. Prüfen Sie, ob die Werte des Bildes die sind, für die es trainiert wurde, oder wählen Sie die Genauigkeit fp32 oder das Gerät CPU.</translation>
    </message>
    <message>
        <source>Reference as a raster of classes</source>
        <translation>Referenz als Klassenraster</translation>
    </message>
    <message>
        <source>Classifier from a file</source>
        <translation>Klassifikator aus einer Datei</translation>
    </message>
    <message>
        <source>Network from a file</source>
        <translation>Netz aus einer Datei</translation>
    </message>
    <message>
        <source>Background class</source>
        <translation>Hintergrundklasse</translation>
    </message>
    <message>
        <source>Labels as a raster of classes</source>
        <translation>Labels als Klassenraster</translation>
    </message>
    <message>
        <source>Initial classifier from a file (fine-tuning)</source>
        <translation>Ausgangsklassifikator aus einer Datei (Feinabstimmung)</translation>
    </message>
    <message>
        <source>Map of the area of the samples</source>
        <translation>Karte des Gebiets der Lerndaten</translation>
    </message>
    <message>
        <source>Makes an animated picture of a small area: the image beside its map, which sharpens from iteration to iteration. It opens in a browser, in a presentation or in a web page.</source>
        <translation>Erzeugt ein animiertes Bild eines kleinen Gebiets: das Bild neben seiner Karte, die von Iteration zu Iteration schärfer wird. Es lässt sich in einem Browser, in einer Präsentation oder auf einer Webseite öffnen.</translation>
    </message>
    <message>
        <source>What is taken as the truth: polygons with a class field. Each pixel of a map gets the class at its centre. What the reference leaves out does not count. Use an area in which nothing was trained or tuned.</source>
        <translation>Was als wahr gilt: Polygone mit einem Klassenfeld. Jedes Pixel einer Karte erhält die Klasse an seinem Mittelpunkt. Was die Referenz auslässt, zählt nicht. Zu verwenden ist ein Gebiet, in dem nichts trainiert oder abgestimmt wurde.</translation>
    </message>
    <message>
        <source>Classifies an image, corrects the map, drops small parts and turns what is left of one class into polygons. Borders that polygons share are simplified once, so that neither gaps nor overlaps appear. Each polygon has its class value, its area in square metres and its mean confidence in percent; areas and the tolerance are right in any coordinate reference system. It is an example: the model can be opened in the model designer and changed.</source>
        <translation>Klassifiziert ein Bild, korrigiert die Karte, entfernt kleine Teile und macht aus dem, was von einer Klasse übrig bleibt, Polygone. Gemeinsame Grenzen von Polygonen werden nur einmal vereinfacht, sodass weder Lücken noch Überlappungen entstehen. Jedes Polygon hat seinen Klassenwert, seine Fläche in Quadratmetern und seine mittlere Konfidenz in Prozent; Flächen und Toleranz stimmen in jedem Koordinatenbezugssystem. Es ist ein Beispiel: Das Modell lässt sich im Modellentwurf öffnen und ändern.</translation>
    </message>
    <message>
        <source>A classifier of your own, an .onnx file made by Recurve (Train classifier). Empty: the pretrained network for buildings, which has learned from one town in Nepal; in other places expect a poor map.</source>
        <translation>Ein eigener Klassifikator, eine von Recurve erzeugte .onnx-Datei (Klassifikator trainieren). Leer: das vortrainierte Netz für Gebäude, das aus einer einzigen Stadt in Nepal gelernt hat; an anderen Orten ist eine schlechte Karte zu erwarten.</translation>
    </message>
    <message>
        <source>The networks that come with Recurve: what they map, the pixel sizes and bands they were trained for, their classes, and the places they have learned from. In other places, in another climate or with another camera, expect a poor map, and train your own. None is taken unless it is chosen. In qgis_process and scripts the name alone is enough: PRETRAINED=Buildings.</source>
        <translation>Die mit Recurve gelieferten Netze: was sie kartieren, für welche Pixelgrößen und Kanäle sie trainiert wurden, ihre Klassen und die Orte, aus denen sie gelernt haben. An anderen Orten, in anderem Klima oder mit einer anderen Kamera ist eine schlechte Karte zu erwarten; trainieren Sie dann ein eigenes. Keines wird verwendet, das nicht gewählt ist. In qgis_process und in Skripten genügt der Name allein: PRETRAINED=Buildings.</translation>
    </message>
    <message>
        <source>The map after each iteration of the correction: band 1 is the classifier&apos;s map (iteration 0), the last band is the map. Class values, names and colours are those of the map. Each iteration then costs about as much as the first; not with classifiers whose tiles are blended. Animate correction makes a picture of it.</source>
        <translation>Die Karte nach jeder Iteration der Korrektur: Kanal 1 ist die Karte des Klassifikators (Iteration 0), der letzte Kanal ist die Karte. Klassenwerte, Namen und Farben sind die der Karte. Jede Iteration kostet dann etwa so viel wie die erste; nicht mit Klassifikatoren, deren Kacheln überblendet werden. Korrektur animieren macht daraus ein bewegtes Bild.</translation>
    </message>
    <message>
        <source>How often the corrector is applied. Empty: as often as was best in its validation area. 0: the map as it is, on the image&apos;s pixels.</source>
        <translation>Wie oft der Korrektor angewendet wird. Leer: so oft, wie es in seinem Validierungsgebiet am besten war. 0: die Karte, wie sie ist, auf den Pixeln des Bildes.</translation>
    </message>
    <message>
        <source>The map after each iteration of the correction: band 1 is the map to correct on the image&apos;s pixels (iteration 0), the last band is the corrected map. Class values, names and colours are those of the map. Each iteration then costs about as much as the first. Animate correction makes a picture of it.</source>
        <translation>Die Karte nach jeder Iteration der Korrektur: Kanal 1 ist die zu korrigierende Karte auf den Pixeln des Bildes (Iteration 0), der letzte Kanal ist die korrigierte Karte. Klassenwerte, Namen und Farben sind die der Karte. Jede Iteration kostet dann etwa so viel wie die erste. Korrektur animieren macht daraus ein bewegtes Bild.</translation>
    </message>
    <message>
        <source>Cuts an image and its labels into a sample set: a folder of small image and label rasters (chips) and a file samples.json, from which classifiers and correctors learn. The image is cut into blocks; each goes whole to training or to validation, and labels of the one that are within 64 pixels of the other are left out, so that a network is judged in places it has not seen. Only the parts of the image that hold labels are read. Run it again on another image with the same output folder to make the set larger.</source>
        <translation>Zerlegt ein Bild und seine Labels in einen Lerndatensatz: einen Ordner mit kleinen Bild- und Labelrastern (Chips) und einer Datei samples.json, aus dem Klassifikatoren und Korrektoren lernen. Das Bild wird in Blöcke zerlegt; jeder geht ganz ins Training oder in die Validierung, und Labels des einen, die höchstens 64 Pixel vom anderen entfernt sind, werden ausgelassen, sodass ein Netz an Stellen beurteilt wird, die es nicht gesehen hat. Nur die Teile des Bildes mit Labels werden gelesen. Wird der Algorithmus mit einem anderen Bild und demselben Ausgabeordner erneut ausgeführt, wird der Datensatz größer.</translation>
    </message>
    <message>
        <source>Polygons: only labels inside them count; what is outside stays unlabelled. Draw them around the area in which everything has been labelled. Empty: all labels count.</source>
        <translation>Polygone: Nur Labels in ihnen zählen; was außerhalb liegt, bleibt ohne Label. Sie werden um das Gebiet gezeichnet, in dem alles mit Labels versehen ist. Leer: Alle Labels zählen.</translation>
    </message>
    <message>
        <source>The name of the background class: it is given to everything inside the labelled area that no label covers. If it is not one of the classes, it becomes the first. Without a labelled area, it is given to everything in the rectangle around the labels that they do not cover. Empty: what no label covers stays unlabelled and is not learned from.</source>
        <translation>Der Name der Hintergrundklasse: Sie erhält alles, was im gelabelten Gebiet kein Label bedeckt. Ist sie keine der Klassen, wird sie die erste. Ohne gelabeltes Gebiet erhält sie alles im Rechteck um die Labels, was sie nicht bedecken. Leer: Was kein Label bedeckt, bleibt ohne Label, und daraus wird nicht gelernt.</translation>
    </message>
    <message>
        <source>How much of the labelled area is for validation, which chooses the best state of a network and is never learned from. Each class is spread over both splits where that is possible. 0 or 1: all of it is for training or for validation, for example where the accurate labels of one place are to judge the coarse ones of another. What the sample set in the output folder covers already keeps its split, unless the fraction is 0 or 1.</source>
        <translation>Wie viel des gelabelten Gebiets der Validierung dient, die den besten Stand eines Netzes auswählt und aus der nie gelernt wird. Jede Klasse wird, wo das möglich ist, auf beide Teile verteilt. 0 oder 1: Alles dient dem Training oder alles der Validierung, zum Beispiel wenn die genauen Labels eines Ortes die groben eines anderen beurteilen sollen. Was der Lerndatensatz im Ausgabeordner schon abdeckt, bleibt in seinem Teil, es sei denn, der Anteil ist 0 oder 1.</translation>
    </message>
    <message>
        <source>The side of the square blocks that go to one split whole, in metres. Larger blocks make a fairer validation, smaller ones spread the classes better. At least 128 pixels. Empty: as large as a chip, or smaller, down to 256 pixels, where fewer than 10 blocks would be left to spread over training and validation: a small area needs a size of your own.</source>
        <translation>Die Kantenlänge der quadratischen Blöcke, die ganz in einen Teil gehen, in Metern. Größere Blöcke ergeben eine fairere Validierung, kleinere verteilen die Klassen besser. Mindestens 128 Pixel. Leer: so groß wie ein Chip, oder kleiner, bis hinab zu 256 Pixeln, wenn weniger als 10 Blöcke zum Verteilen auf Training und Validierung übrig blieben: Ein kleines Gebiet braucht eine eigene Größe.</translation>
    </message>
    <message>
        <source>Makes a classifier from many labels, which may be coarse, and a corrector from a few accurate ones of another area; then classifies the whole image and corrects the map. Labels are polygons of one class; what they leave free inside the areas is the background. It is an example: the model can be opened in the model designer and changed.</source>
        <translation>Erzeugt einen Klassifikator aus vielen Labels, die grob sein dürfen, und einen Korrektor aus wenigen genauen eines anderen Gebiets; dann wird das ganze Bild klassifiziert und die Karte korrigiert. Labels sind Polygone einer Klasse; was sie in den Gebieten frei lassen, ist der Hintergrund. Es ist ein Beispiel: Das Modell lässt sich im Modellentwurf öffnen und ändern.</translation>
    </message>
    <message>
        <source>Polygons of the class in a large area; small errors do no harm.</source>
        <translation>Polygone der Klasse in einem großen Gebiet; kleine Fehler schaden nicht.</translation>
    </message>
    <message>
        <source>Polygons of the class in a small other area, accurate along the boundaries.</source>
        <translation>Polygone der Klasse in einem kleinen anderen Gebiet, genau entlang der Grenzen.</translation>
    </message>
    <message>
        <source>Trains a recurrent network (the corrector) that moves the class boundaries of a map onto the edges of the image. It learns from a few accurate labels how to correct the maps of one classifier, or maps of any other origin. What it corrects is not changed: its scores of all chips are made once and kept in the folder scores of the sample set. After each epoch the corrected maps of the validation chips are compared with their labels after each iteration, and the state with the best mean IoU after any of them is exported; by default it will be applied as often as was best. Where no number of iterations makes the validation map better than it was, no corrector is written and the run ends with an error that says so. The labels should be accurate along the boundaries, and the classifier should not have been trained on them: in its own training area its maps are better than elsewhere. Training ends early when a quarter of the epochs, and at least 5, brought nothing better. An epoch has as many steps as it takes to show each labelled pixel about 4 times, and 6.5 million pixels at least; small sets are shown more often. It has at least 50 steps and at most 500. A cancelled or interrupted training goes on from its last whole epoch when the same command is run again. The same seed gives the same network on the same machine with the same number of threads.</source>
        <translation>Trainiert ein rekurrentes Netz (den Korrektor), das die Klassengrenzen einer Karte auf die Kanten des Bildes schiebt. Es lernt aus wenigen genauen Labels, die Karten eines Klassifikators oder Karten beliebiger anderer Herkunft zu korrigieren. Was es korrigiert, wird nicht verändert: Dessen Bewertungen aller Chips werden einmal berechnet und im Ordner scores des Lerndatensatzes aufbewahrt. Nach jeder Epoche werden die korrigierten Karten der Validierungschips nach jeder Iteration mit deren Labels verglichen, und der Stand mit der besten mittleren IoU nach irgendeiner von ihnen wird exportiert; ohne andere Angabe wird er so oft angewendet, wie es am besten war. Wenn keine Anzahl von Iterationen die Validierungskarte besser macht, als sie war, wird kein Korrektor geschrieben, und der Lauf endet mit einem Fehler, der das sagt. Die Labels sollten entlang der Grenzen genau sein, und der Klassifikator sollte nicht mit ihnen trainiert worden sein: In seinem eigenen Trainingsgebiet sind seine Karten besser als anderswo. Das Training endet früher, wenn ein Viertel der Epochen, und mindestens 5, nichts Besseres gebracht hat. Eine Epoche hat so viele Schritte, dass jedes gelabelte Pixel etwa 4-mal gezeigt wird, und mindestens 6,5 Millionen Pixel; kleine Lerndatensätze werden öfter gezeigt. Sie hat mindestens 50 und höchstens 500 Schritte. Ein abgebrochenes oder unterbrochenes Training geht ab seiner letzten ganzen Epoche weiter, wenn derselbe Befehl erneut ausgeführt wird. Derselbe Startwert ergibt dasselbe Netz auf demselben Rechner mit derselben Anzahl von Threads.</translation>
    </message>
    <message>
        <source>A map of any origin that covers all samples, in any coordinate reference system and resolution: the corrector learns to correct maps of that kind. Give this or a classifier.</source>
        <translation>Eine Karte beliebiger Herkunft, die alle Lerndaten abdeckt, in beliebigem Koordinatenbezugssystem und beliebiger Auflösung: Der Korrektor lernt, Karten dieser Art zu korrigieren. Anzugeben ist entweder sie oder ein Klassifikator.</translation>
    </message>
    <message>
        <source>What the map&apos;s values are. classes: class values in one band. probabilities: a band for each class with probabilities on any scale (0 to 1, 0 to 100, 0 to 255). scores: a band for each class with scores before softmax, as Recurve writes them. auto: classes where the map has one band.</source>
        <translation>Was die Werte der Karte sind. classes: Klassenwerte in einem Kanal. probabilities: ein Kanal je Klasse mit Wahrscheinlichkeiten in beliebiger Skala (0 bis 1, 0 bis 100, 0 bis 255). scores: ein Kanal je Klasse mit Bewertungen vor dem Softmax, wie Recurve sie schreibt. auto: classes, wenn die Karte einen Kanal hat.</translation>
    </message>
    <message>
        <source>A corrector of the architecture deep, made by Recurve, that is trained further; it must have the same bands and classes. A map that is good already teaches a new corrector little about the image. Train one for a poorer map of the same area first, for example for the classifier before it was fine-tuned, and go on from that: in the study this made a fine-tuned classifier&apos;s correction worth several times as much.</source>
        <translation>Ein von Recurve erzeugter Korrektor der Architektur deep, der weiter trainiert wird; er muss dieselben Kanäle und Klassen haben. Eine schon gute Karte lehrt einen neuen Korrektor wenig über das Bild. Trainieren Sie zuerst einen für eine schlechtere Karte desselben Gebiets, zum Beispiel für den Klassifikator vor seiner Feinabstimmung, und trainieren Sie diesen weiter: In der Studie wurde die Korrektur eines feinabgestimmten Klassifikators dadurch ein Mehrfaches wert.</translation>
    </message>
    <message>
        <source>How many patches are learned from in each step. Few make more and smaller steps over the same chips, which a corrector learns better from; more use a graphics card better and need more memory.</source>
        <translation>Aus wie vielen Ausschnitten in jedem Schritt gelernt wird. Wenige ergeben mehr und kleinere Schritte über dieselben Chips, aus denen ein Korrektor besser lernt; viele nutzen eine Grafikkarte besser aus und brauchen mehr Speicher.</translation>
    </message>
    <message>
        <source>Band {band} of {path} holds numbers of colours (a palette) and no brightness; convert it to red, green and blue first (Raster &gt; Conversion &gt; PCT to RGB).</source>
        <translation>Kanal {band} von {path} enthält Nummern von Farben (eine Palette) und keine Helligkeiten; wandeln Sie ihn zuerst in Rot, Grün und Blau um (Raster &gt; Konvertierung &gt; PCT nach RGB).</translation>
    </message>
    <message>
        <source>In a list of classes, this one is written in quotes: {name}</source>
        <translation>In einer Liste von Klassen wird diese in Anführungszeichen geschrieben: {name}</translation>
    </message>
    <message>
        <source>Export the layer as a GeoTIFF and use that.</source>
        <translation>Exportieren Sie den Layer als GeoTIFF, und verwenden Sie dieses.</translation>
    </message>
    <message>
        <source>Band {band} of {layer} has several values for no data in QGIS ({values}), and Recurve takes one; export the layer with one (Raster &gt; Conversion &gt; Translate), or remove the others in Layer Properties &gt; Transparency.</source>
        <translation>Kanal {band} von {layer} hat in QGIS mehrere Leerwerte ({values}), und Recurve nimmt einen; exportieren Sie den Layer mit einem einzigen (Raster &gt; Konvertierung &gt; Umwandeln), oder entfernen Sie die anderen in Layereigenschaften &gt; Transparenz.</translation>
    </message>
    <message>
        <source>The shapes of {layer} have a coordinate reference system ({crs}), and the raster that they are brought to has none, so nothing tells where they lie on it; set that of the raster (Layer &gt; Set CRS of Layer, or Raster &gt; Projections &gt; Assign Projection), or remove that of {layer} if it was digitised in the raster&apos;s own coordinates.</source>
        <translation>Die Geometrien von {layer} haben ein Koordinatenbezugssystem ({crs}), und das Raster, auf das sie gebracht werden, hat keines; wo sie auf ihm liegen, ist daher nicht bekannt. Setzen Sie das des Rasters (Layer &gt; KBS von Layer(n) setzen, oder Raster &gt; Projektionen &gt; Projektion zuweisen), oder entfernen Sie das von {layer}, wenn dieser Layer in den Koordinaten des Rasters digitalisiert wurde.</translation>
    </message>
    <message>
        <source>a corner has no place</source>
        <translation>für eine Ecke gibt es dort keine Koordinaten</translation>
    </message>
    <message>
        <source>no part of the raster has a place in the layer&apos;s system</source>
        <translation>für keinen Teil des Rasters gibt es Koordinaten im System des Layers</translation>
    </message>
    <message>
        <source>The coordinate reference system of {layer} is {shown}, as in QGIS; its file says: {stored}.</source>
        <translation>Das Koordinatenbezugssystem von {layer} ist {shown}, wie in QGIS; die Datei sagt: {stored}.</translation>
    </message>
    <message>
        <source>QGIS places {layer} by control points or by the model of its sensor, and Recurve finds extents, masks, labels and references only in images with rows along an axis; warp the image first (Raster &gt; Projections &gt; Warp), or leave extent and mask empty.</source>
        <translation>QGIS platziert {layer} nach Passpunkten oder nach dem Modell des Sensors, und Recurve findet Ausdehnungen, Masken, Labels und Referenzen nur in Bildern, deren Zeilen entlang einer Achse verlaufen; transformieren Sie das Bild zuerst (Raster &gt; Projektionen &gt; Transformieren), oder lassen Sie Ausdehnung und Maske leer.</translation>
    </message>
    <message>
        <source>A polygon of {layer} cannot be reprojected to the map&apos;s coordinates ({error}); reproject the layer first (Vector &gt; Data Management Tools &gt; Reproject Layer) and use the result.</source>
        <translation>Ein Polygon von {layer} lässt sich nicht in die Koordinaten der Karte umrechnen ({error}); reprojizieren Sie den Layer zuerst (Vektor &gt; Datenmanagement-Werkzeuge &gt; Layer reprojizieren), und verwenden Sie das Ergebnis.</translation>
    </message>
    <message>
        <source>The layer {layer} comes from QGIS&apos;s &apos;{provider}&apos; provider, and samples are cut from files; export the labelled part as a GeoTIFF and use that file.</source>
        <translation>Der Layer {layer} kommt von QGIS&apos; Datenanbieter &apos;{provider}&apos;, und Lerndaten werden aus Dateien ausgeschnitten; exportieren Sie den Teil mit Labels als GeoTIFF, und verwenden Sie diese Datei.</translation>
    </message>
    <message>
        <source>The image is placed by control points or by the model of its sensor, so its pixel size is not known; the {role} {name} is made for {smallest:.3g} to {largest:.3g} m.</source>
        <translation>Das Bild wird nach Passpunkten oder nach dem Modell seines Sensors platziert, seine Pixelgröße ist daher unbekannt; der {role} {name} ist für {smallest:.3g} bis {largest:.3g} m gemacht.</translation>
    </message>
    <message>
        <source>If {own:g} in the image means what {trained:g} means to the network, set {parameter} to {factor:.6g}.</source>
        <translation>Wenn {own:g} im Bild dasselbe bedeutet wie {trained:g} für das Netz, setzen Sie {parameter} auf {factor:.6g}.</translation>
    </message>
    <message>
        <source>Rescale the image first, unless they mean the same.</source>
        <translation>Skalieren Sie zuerst die Werte des Bildes um, es sei denn, sie bedeuten dasselbe.</translation>
    </message>
    <message>
        <source>The image&apos;s values ({values}) are from {low:.4g} to {high:.4g}, and the {role} {name} was trained on values from {lowest:.4g} to {highest:.4g}: expect a poor map. {remedy}</source>
        <translation>Die Werte des Bildes ({values}) reichen von {low:.4g} bis {high:.4g}, und der {role} {name} wurde mit Werten von {lowest:.4g} bis {highest:.4g} trainiert: Rechnen Sie mit einer schlechten Karte. {remedy}</translation>
    </message>
    <message>
        <source>{percent:.2g} % of the pixels that were looked at have the value {value:g} in all bands, which usually means no data, and the image does not say so: they are taken for data. If they are not, give the image this nodata value (Layer Properties &gt; Transparency &gt; Additional no data value, or Raster &gt; Conversion &gt; Translate).</source>
        <translation>{percent:.2g} % der untersuchten Pixel haben in allen Kanälen den Wert {value:g}, was meist keine Daten bedeutet; das Bild sagt das nicht, daher gelten sie als Daten. Wenn sie keine sind, geben Sie dem Bild diesen Leerwert (Layereigenschaften &gt; Transparenz &gt; Zusätzlicher Leerwert, oder Raster &gt; Konvertierung &gt; Umwandeln).</translation>
    </message>
    <message>
        <source>No polygon of the reference {reference} overlaps the map {map}; choose polygons there, or check the coordinate reference systems of both.</source>
        <translation>Kein Polygon der Referenz {reference} überlappt die Karte {map}; wählen Sie Polygone dort, oder prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
        <source>The strata {strata} have no value wherever the reference {reference} has labels on the map {map}; choose strata of that area, or none.</source>
        <translation>Die Strata {strata} haben nirgends einen Wert, wo die Referenz {reference} auf der Karte {map} Labels hat; wählen Sie Strata für dieses Gebiet, oder keine.</translation>
    </message>
    <message>
        <source>Several class values of the reference have one name and are taken for one class: {classes}. Capitals, blanks and the composition of letters make no difference.</source>
        <translation>Mehrere Klassenwerte der Referenz haben denselben Namen und gelten als eine Klasse: {classes}. Groß- und Kleinschreibung, Leerzeichen und die Zusammensetzung der Buchstaben machen keinen Unterschied.</translation>
    </message>
    <message>
        <source>Several class values of the map {map} have one name and are taken for one class: {classes}. Capitals, blanks and the composition of letters make no difference.</source>
        <translation>Mehrere Klassenwerte der Karte {map} haben denselben Namen und gelten als eine Klasse: {classes}. Groß- und Kleinschreibung, Leerzeichen und die Zusammensetzung der Buchstaben machen keinen Unterschied.</translation>
    </message>
    <message>
        <source>The class table names the class &apos;{name}&apos;, which is the value of one class of the reference and the name of another ({classes}); use the other one of name and value.</source>
        <translation>Die Klassentabelle nennt die Klasse &apos;{name}&apos;; das ist der Wert einer Klasse der Referenz und der Name einer anderen ({classes}). Verwenden Sie statt des Namens den Wert oder statt des Werts den Namen.</translation>
    </message>
    <message>
        <source>{fault}: GDAL gives others. {remedy}</source>
        <translation>{fault}: GDAL liefert andere. {remedy}</translation>
    </message>
    <message>
        <source>{raster} cannot be read without its nodata value</source>
        <translation>{raster} lässt sich nicht ohne seinen Leerwert lesen</translation>
    </message>
    <message>
        <source>Export it without one (Raster &gt; Conversion &gt; Translate).</source>
        <translation>Exportieren Sie das Raster ohne Leerwert (Raster &gt; Konvertierung &gt; Umwandeln).</translation>
    </message>
    <message>
        <source>{name} has {count} bands of {kind} and names no classes: an image, scores or probabilities. Choose a map: one band of class values, or one for each iteration, of bytes or with class names.</source>
        <translation>{name} hat {count} Kanäle ({kind}) und nennt keine Klassen: ein Bild, Bewertungen oder Wahrscheinlichkeiten. Wählen Sie eine Karte: einen Kanal mit Klassenwerten, oder je Iteration einen, aus Bytes oder mit Klassennamen.</translation>
    </message>
    <message>
        <source>{fault}, so its pixel size is unknown and it cannot be resampled to the network&apos;s ({needed:.3g} m); {remedy}, or switch the resampling off.</source>
        <translation>{fault}; die Pixelgröße ist daher unbekannt, und das Bild lässt sich nicht auf die des Netzes ({needed:.3g} m) umrechnen. {remedy}, oder schalten Sie die Umrechnung aus.</translation>
    </message>
    <message>
        <source>The image is placed by control points or by the model of its sensor</source>
        <translation>Das Bild wird nach Passpunkten oder nach dem Modell seines Sensors platziert</translation>
    </message>
    <message>
        <source>The image has no georeferencing</source>
        <translation>Das Bild hat keine Georeferenzierung</translation>
    </message>
    <message>
        <source>The coordinate reference system of the image is not known</source>
        <translation>Das Koordinatenbezugssystem des Bildes ist nicht bekannt</translation>
    </message>
    <message>
        <source>The coordinate reference system of the image has no known units</source>
        <translation>Das Koordinatenbezugssystem des Bildes hat keine bekannten Einheiten</translation>
    </message>
    <message>
        <source>georeference or warp it first (Layer &gt; Georeferencer, Raster &gt; Projections &gt; Warp)</source>
        <translation>Georeferenzieren oder transformieren Sie es zuerst (Layer &gt; Georeferenzierung, Raster &gt; Projektionen &gt; Transformieren)</translation>
    </message>
    <message>
        <source>set the system of its layer (Layer &gt; Set CRS of Layer)</source>
        <translation>Setzen Sie das Koordinatenbezugssystem des Bildlayers (Layer &gt; KBS von Layer(n) setzen)</translation>
    </message>
    <message>
        <source>The class value {value} cannot be written: a map has values from {smallest} to {largest}. Give the map&apos;s classes such values first (Processing Toolbox &gt; Reclassify by table).</source>
        <translation>Der Klassenwert {value} lässt sich nicht schreiben: Eine Karte hat Werte von {smallest} bis {largest}. Geben Sie den Klassen der Karte zuerst solche Werte (Verarbeitungswerkzeuge &gt; Nach Tabelle neuklassifizieren).</translation>
    </message>
    <message>
        <source>Band {bands} of the image is marked as transparency (alpha), but has other values than transparent and opaque: it is taken for a band of data, such as near infrared.</source>
        <translation>Kanal {bands} des Bildes ist als Transparenz (Alpha) ausgewiesen, hat aber andere Werte als durchsichtig und undurchsichtig: Er gilt als Kanal mit Daten, etwa als nahes Infrarot.</translation>
    </message>
    <message>
        <source>A value of the type {type} says no class; choose a field of texts, numbers or dates.</source>
        <translation>Ein Wert vom Typ {type} nennt keine Klasse; wählen Sie ein Feld mit Texten, Zahlen oder Datumswerten.</translation>
    </message>
    <message>
        <source>Some classes in {where} are written in several forms, which are taken for one class each: {forms}. Capitals, blanks, the composition of letters and the form of a number make no difference.</source>
        <translation>Einige Klassen in {where} sind in mehreren Schreibweisen angegeben, die jeweils als eine Klasse gelten: {forms}. Groß- und Kleinschreibung, Leerzeichen, die Zusammensetzung der Buchstaben und die Schreibweise einer Zahl machen keinen Unterschied.</translation>
    </message>
    <message>
        <source>&apos;{form}&apos; in letters and marks</source>
        <translation>&apos;{form}&apos; aus Buchstaben und Zusatzzeichen</translation>
    </message>
    <message>
        <source>Band {band} of {path} cannot be read</source>
        <translation>Kanal {band} von {path} lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The run was stopped; the sample set&apos;s folder is as it was before.</source>
        <translation>Der Lauf wurde abgebrochen; der Ordner des Lerndatensatzes ist, wie er vorher war.</translation>
    </message>
    <message>
        <source>Labelled pixels that have another class in chips which the sample set has already: {count}. A network would learn both; prepare a new sample set where the labels have been changed.</source>
        <translation>Pixel mit Label, die in schon vorhandenen Chips des Lerndatensatzes eine andere Klasse haben: {count}. Ein Netz würde beides lernen; wenn die Labels geändert wurden, bereiten Sie einen neuen Lerndatensatz vor.</translation>
    </message>
    <message>
        <source>Pixels in labels of different classes ({classes}): {count} ({percent:.3g} % of those with a label). They are left out, and the area there stays unlabelled. To keep it, cut the labels of one class out of those of the other (Vector &gt; Geoprocessing Tools &gt; Difference).</source>
        <translation>Pixel in Labels verschiedener Klassen ({classes}): {count} ({percent:.3g} % derer mit Label). Sie werden ausgelassen, und das Gebiet dort bleibt ohne Label. Um es zu behalten, schneiden Sie die Labels der einen Klasse aus denen der anderen aus (Vektor &gt; Geoverarbeitungswerkzeuge &gt; Differenz).</translation>
    </message>
    <message>
        <source>Give classes as name, name:#rrggbb or value=name:#rrggbb, with commas between them; a name that holds such a sign stands in double quotes: &quot;Fields, wet&quot;.</source>
        <translation>Geben Sie Klassen als Name, Name:#rrggbb oder Wert=Name:#rrggbb an, mit Kommas dazwischen; ein Name, der eines dieser Zeichen enthält, steht in doppelten Anführungszeichen: &quot;Felder, nass&quot;.</translation>
    </message>
    <message>
        <source>The value &apos;{value}&apos; stands for two classes, {one} and {other} (capitals and blanks make no difference); list it once.</source>
        <translation>Der Wert &apos;{value}&apos; steht für zwei Klassen, {one} und {other} (Groß- und Kleinschreibung und Leerzeichen machen keinen Unterschied); führen Sie ihn nur einmal auf.</translation>
    </message>
    <message>
        <source>the list of classes</source>
        <translation>der Liste der Klassen</translation>
    </message>
    <message>
        <source>Labelled pixels that chips of the sample set have already: {count}, of which {changed} as another class.</source>
        <translation>Pixel mit Label, die Chips des Lerndatensatzes schon enthalten: {count}, davon {changed} mit einer anderen Klasse.</translation>
    </message>
    <message>
        <source>The maps: rasters of class values of any tool. A raster of several bands of class values (bytes, or whole numbers with class names) is as many maps, one after each iteration of a correction. Each map is assessed on its own pixels; comparisons between maps are made on the first map&apos;s. A map&apos;s own nodata value is no class, unless the class table says so; where it has none, 0 is none either, unless the reference or the class table has a class 0. Every labelled pixel of the reference counts: where a map has no class, it counts as missed, and log, report and JSON say how many there are. To assess only where it has data, give a mask of that area.</source>
        <translation>Die Karten: Raster mit Klassenwerten aus beliebigen Programmen. Ein Raster mit mehreren Kanälen aus Klassenwerten (Bytes, oder ganze Zahlen mit Klassennamen) gilt als ebenso viele Karten, eine nach jeder Iteration einer Korrektur. Jede Karte wird auf ihren eigenen Pixeln beurteilt; Vergleiche zwischen Karten geschehen auf denen der ersten Karte. Der Leerwert einer Karte ist keine Klasse, es sei denn, die Klassentabelle sagt es; wo sie keinen hat, ist auch 0 keine, es sei denn, die Referenz oder die Klassentabelle hat eine Klasse 0. Jedes Pixel der Referenz mit Label zählt: Wo eine Karte keine Klasse hat, zählt es als übersehen, und Protokoll, Bericht und JSON sagen, wie viele es sind. Soll nur beurteilt werden, wo sie Daten hat, geben Sie eine Maske dieses Gebiets an.</translation>
    </message>
    <message>
        <source>For polygons: the field with their class; empty where all are of one class. Whole numbers are class values, also where they are text; other texts are names, among which capitals, blanks and the Unicode form of letters make no difference. The log names the forms that are taken for one class. Where polygons of different classes overlap, the pixels do not count, and the log says how many. Polygons of which none overlaps a map are refused.</source>
        <translation>Für Polygone: das Feld mit ihrer Klasse; leer, wenn alle zu einer Klasse gehören. Ganze Zahlen sind Klassenwerte, auch als Text; andere Texte sind Namen, bei denen Groß- und Kleinschreibung, Leerzeichen und die Unicode-Form der Buchstaben keinen Unterschied machen. Das Protokoll nennt die Schreibweisen, die als eine Klasse gelten. Wo sich Polygone verschiedener Klassen überlappen, zählen die Pixel nicht, und das Protokoll sagt, wie viele es sind. Polygone, von denen keines eine Karte überlappt, werden abgelehnt.</translation>
    </message>
    <message>
        <source>Polygons: only pixels whose centre is in one of them count, in the reference and in the areas. Use it where a map does not cover all of the reference and its edge should not count as missed. Empty: everywhere on the maps&apos; pixels.</source>
        <translation>Polygone: Nur Pixel, deren Mittelpunkt in einem von ihnen liegt, zählen, in der Referenz und in den Flächen. Zu verwenden, wo eine Karte nicht die ganze Referenz bedeckt und ihr Rand nicht als übersehen zählen soll. Leer: überall auf den Pixeln der Karten.</translation>
    </message>
    <message>
        <source>Which value of the maps is which class of the reference, by name or value, as a table; a class that is left empty says that the value is no data, and a class for a map&apos;s nodata value that it is one, as in masks of 0 and 1 whose nodata value is 0. In qgis_process and scripts: a text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, or a list of the table&apos;s cells row by row; in the text, a name with a comma, a semicolon or = in it may stand in double quotes. Empty: classes are matched by name where all of a map&apos;s and all of the reference&apos;s have names (in the raster&apos;s attribute table or its categories; capitals and blanks do not matter), and else by value.</source>
        <translation>Welcher Wert der Karten welche Klasse der Referenz ist, nach Name oder Wert, als Tabelle; eine leer gelassene Klasse sagt, dass der Wert keine Daten bedeutet, und eine Klasse für den Leerwert einer Karte, dass er eine ist, wie in Masken aus 0 und 1, deren Leerwert 0 ist. In qgis_process und in Skripten: ein Text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, oder eine Liste der Zellen der Tabelle, Zeile für Zeile; im Text darf ein Name mit Komma, Semikolon oder = in doppelten Anführungszeichen stehen. Leer: Klassen werden nach dem Namen zugeordnet, wenn alle der Karte und alle der Referenz Namen haben (in der Attributtabelle des Rasters oder seinen Kategorien; Groß- und Kleinschreibung und Leerzeichen spielen keine Rolle), und sonst nach dem Wert.</translation>
    </message>
    <message>
        <source>For a reference raster: 0 is a class like the others, as in masks of 0 and 1, even if it is the raster&apos;s nodata value. Otherwise pixels of 0 are taken for unlabelled where the raster has no nodata value.</source>
        <translation>Für ein Referenzraster: 0 ist eine Klasse wie die anderen, wie in Masken aus 0 und 1, auch wenn es der Leerwert des Rasters ist. Sonst gelten Pixel mit dem Wert 0 als Pixel ohne Label, wenn das Raster keinen Leerwert hat.</translation>
    </message>
    <message>
        <source>A raster on the first map&apos;s pixels: 1 right in the first and the last map, 2 repaired (wrong, then right), 3 damaged (right, then wrong), 4 wrong in both, 0 no reference. Where a map has no class, it is wrong. For a single map: 1 right, 4 wrong.</source>
        <translation>Ein Raster auf den Pixeln der ersten Karte: 1 richtig in der ersten und der letzten Karte, 2 verbessert (falsch, dann richtig), 3 beschädigt (richtig, dann falsch), 4 falsch in beiden, 0 keine Referenz. Wo eine Karte keine Klasse hat, gilt sie als falsch. Bei einer einzigen Karte: 1 richtig, 4 falsch.</translation>
    </message>
    <message>
        <source>The image: a raster file, also on a server (/vsicurl/https://...), or a WMS, WMTS or XYZ layer, with the bands the classifier was trained on, in the same values (nothing else needs to be scaled). Pixels without data, by the raster&apos;s nodata value, alpha band or mask, stay without data in the map. Images without georeferencing are classified in pixel space; rotated ones have to be warped first.</source>
        <translation>Das Bild: eine Rasterdatei, auch auf einem Server (/vsicurl/https://...), oder ein WMS-, WMTS- oder XYZ-Layer, mit den Kanälen, mit denen der Klassifikator trainiert wurde, in denselben Werten (sonst muss nichts skaliert werden). Pixel, die laut Leerwert, Alphakanal oder Maske des Rasters keine Daten haben, bleiben auch in der Karte ohne Daten. Bilder ohne Georeferenzierung werden in Pixelkoordinaten klassifiziert; gedrehte müssen vorher transformiert werden.</translation>
    </message>
    <message>
        <source>The map to correct: a raster with one band of class values (whole numbers of up to 32 bits), or with a band of probabilities or scores for each class. Where it has no data (nodata value, mask, alpha band, all probabilities 0), the corrected map has none. Where map or image is not georeferenced, both need the same number of rows and columns, and lie pixel upon pixel.</source>
        <translation>Die zu korrigierende Karte: ein Raster mit einem Kanal aus Klassenwerten (ganze Zahlen mit bis zu 32 Bit) oder mit einem Kanal aus Wahrscheinlichkeiten oder Bewertungen je Klasse. Wo sie keine Daten hat (Leerwert, Maske, Alphakanal, alle Wahrscheinlichkeiten 0), hat auch die korrigierte Karte keine. Wenn Karte oder Bild nicht georeferenziert ist, brauchen beide gleich viele Zeilen und Spalten und liegen Pixel auf Pixel.</translation>
    </message>
    <message>
        <source>What the classes are: a layer of polygons or lines. Features are brought to the image&apos;s coordinates. A pixel gets the class of the polygon that its centre is in. Where labels of different classes overlap, what is true is not known: these pixels stay unlabelled, as in Assess maps, and the log says how many they are and of which classes. What is left out (beside the image, invalid, of no class) is named in the log and counted.</source>
        <translation>Was die Klassen sind: ein Layer mit Polygonen oder Linien. Objekte werden in die Koordinaten des Bildes gebracht. Ein Pixel erhält die Klasse des Polygons, in dem sein Mittelpunkt liegt. Wo sich Labels verschiedener Klassen überlappen, ist nicht bekannt, was stimmt: Diese Pixel bleiben ohne Label, wie beim Algorithmus Karten beurteilen, und das Protokoll sagt, wie viele es sind und von welchen Klassen. Was ausgelassen wird (neben dem Bild, ungültig, ohne Klasse), wird im Protokoll genannt und gezählt.</translation>
    </message>
    <message>
        <source>The field that tells the class of each polygon or line. Empty: all are of one class, named in CLASSES or else after the layer. Whole numbers are values, also where they are text; names are the same where they differ in nothing but capitals, blanks or the Unicode form of letters, and the log names the forms that are taken for one class. Features of which the field is empty or names no class stay unlabelled, and do not become background.</source>
        <translation>Das Feld, das die Klasse jedes Polygons oder jeder Linie angibt. Leer: Alle gehören zu einer Klasse, benannt in CLASSES oder sonst nach dem Layer. Ganze Zahlen sind Werte, auch als Text; Namen sind gleich, wenn sie sich nur in Groß- und Kleinschreibung, Leerzeichen oder der Unicode-Form der Buchstaben unterscheiden, und das Protokoll nennt die Schreibweisen, die als eine Klasse gelten. Objekte, deren Feld leer ist oder keine Klasse nennt, bleiben ohne Label und werden nicht zum Hintergrund.</translation>
    </message>
    <message>
        <source>Which value of the map, or which of its bands, is which class, as a table; a class that is left empty says that the value is no class. In qgis_process and scripts: a text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, or a list of the table&apos;s cells row by row; in the text, a name with a comma, a semicolon or = in it may stand in double quotes. Empty: by the names in the map, or else 1, 2, 3, ... in the order of the samples&apos; classes.</source>
        <translation>Welcher Wert der Karte oder welcher ihrer Kanäle welche Klasse ist, als Tabelle; eine leer gelassene Klasse sagt, dass der Wert keine Klasse ist. In qgis_process und in Skripten: ein Text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, oder eine Liste der Zellen der Tabelle, Zeile für Zeile; im Text darf ein Name mit Komma, Semikolon oder = in doppelten Anführungszeichen stehen. Leer: nach den Namen in der Karte oder sonst 1, 2, 3, ... in der Reihenfolge der Klassen der Lerndaten.</translation>
    </message>
    <message>
        <source>{megapixels:.2f} Mpx mapped in {seconds:.1f} s: {rate:.2f} Mpx/s.</source>
        <translation>{megapixels:.2f} Mpx in {seconds:.1f} s kartiert: {rate:.2f} Mpx/s.</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{given}&apos;, and &apos;{part}&apos; in it is neither the number of a band (1 to {last}) nor the name of just one ({names}); write numbers or names with commas or semicolons between them, as in 3,2,1.</source>
        <translation>{parameter} ist &apos;{given}&apos;, und &apos;{part}&apos; darin ist weder die Nummer eines Kanals (1 bis {last}) noch der Name genau eines Kanals ({names}); schreiben Sie Nummern oder Namen mit Kommas oder Semikolons dazwischen, wie in 3,2,1.</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{value}&apos;, and QGIS knows no coordinate reference system &apos;{crs}&apos;; write it as in [EPSG:32640], or leave it out for that of the image.</source>
        <translation>{parameter} ist &apos;{value}&apos;, und QGIS kennt kein Koordinatenbezugssystem &apos;{crs}&apos;; schreiben Sie es wie in [EPSG:32640], oder lassen Sie es weg, wenn das des Bildes gelten soll.</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{value}&apos;, which is no rectangle; write xmin,xmax,ymin,ymax with points in the numbers, as in 500000.5,500100,2799900,2800000 or, in another coordinate reference system than the image&apos;s, 54.1,54.2,24.3,24.4 [EPSG:4326]; or give a layer.</source>
        <translation>{parameter} ist &apos;{value}&apos;, und das ist kein Rechteck; schreiben Sie xmin,xmax,ymin,ymax mit Punkten in den Zahlen, wie in 500000.5,500100,2799900,2800000 oder, in einem anderen Koordinatenbezugssystem als dem des Bildes, 54.1,54.2,24.3,24.4 [EPSG:4326]; oder geben Sie einen Layer an.</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{value}&apos;, and its numbers seem to be in another order than xmin,xmax,ymin,ymax, which QGIS needs; write them in that order.</source>
        <translation>{parameter} ist &apos;{value}&apos;, und die Zahlen scheinen in einer anderen Reihenfolge zu stehen als xmin,xmax,ymin,ymax, die QGIS braucht; schreiben Sie sie in dieser Reihenfolge.</translation>
    </message>
    <message>
        <source>The labels {labels} have no feature to use; draw some, select some if only the selected ones count, or look at the layer&apos;s filter.</source>
        <translation>Die Labels {labels} haben kein Objekt zu verwenden; zeichnen Sie welche, wählen Sie welche, wenn nur die gewählten zählen, oder prüfen Sie den Filter des Layers.</translation>
    </message>
    <message>
        <source>Lines whose width is no number take the width of all lines, or else are left out</source>
        <translation>Linien, deren Breite keine Zahl ist, bekommen die für alle Linien angegebene Breite oder werden sonst ausgelassen</translation>
    </message>
    <message>
        <source>The reference {layer} has no polygon to use; draw some, select some if only the selected ones count, or look at the layer&apos;s filter.</source>
        <translation>Die Referenz {layer} hat kein Polygon zu verwenden; zeichnen Sie welche, wählen Sie welche, wenn nur die gewählten zählen, oder prüfen Sie den Filter des Layers.</translation>
    </message>
    <message>
        <source>Check the connection and run again. If the server stays unreliable, download the image first.</source>
        <translation>Prüfen Sie die Verbindung, und starten Sie den Lauf erneut. Bleibt der Server unzuverlässig, laden Sie das Bild zuerst herunter.</translation>
    </message>
    <message>
        <source>You have no right to write to the folder {folder} of {parameter}; choose another one.</source>
        <translation>Sie haben kein Recht, in den Ordner {folder} von {parameter} zu schreiben; wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The name {name} of {parameter} has {length} bytes, and at most {most} leave room for what lies beside the file during a run; choose a shorter name.</source>
        <translation>Der Name {name} von {parameter} hat {length} Bytes, und höchstens {most} lassen Platz für das, was während eines Laufs neben der Datei liegt; wählen Sie einen kürzeren Namen.</translation>
    </message>
    <message>
        <source>{parameter} is {path}, which is a folder; choose the name of a file.</source>
        <translation>{parameter} ist {path}, und das ist ein Ordner; wählen Sie den Namen einer Datei.</translation>
    </message>
    <message>
        <source>{writer} would take the place of {path}, which is read as {reader} and would be lost; choose another file to write.</source>
        <translation>{writer} würde {path} ersetzen; diese Datei wird als {reader} gelesen und ginge verloren. Wählen Sie eine andere Ausgabedatei.</translation>
    </message>
    <message>
        <source>{first} and {second} would both be written to {path}; choose a name of its own for each.</source>
        <translation>{first} und {second} würden beide nach {path} geschrieben; wählen Sie für jede Ausgabe einen eigenen Namen.</translation>
    </message>
    <message>
        <source>Choose another name for a map that is to be opened in its own colours.</source>
        <translation>Wählen Sie einen anderen Namen für eine Karte, die in ihren eigenen Farben geöffnet werden soll.</translation>
    </message>
    <message>
        <source>{style} was not made by Recurve and is kept: {raster} gets no style of its own, and QGIS opens it in that one. {advice}</source>
        <translation>{style} wurde nicht von Recurve erzeugt und bleibt erhalten: {raster} bekommt keinen eigenen Stil, und QGIS öffnet die Datei in diesem. {advice}</translation>
    </message>
    <message>
        <source>{style} is the style of {others} and is kept: {raster} gets no style of its own, and QGIS opens it in that one. {advice}</source>
        <translation>{style} ist der Stil von {others} und bleibt erhalten: {raster} bekommt keinen eigenen Stil, und QGIS öffnet die Datei in diesem. {advice}</translation>
    </message>
    <message>
        <source>{raster} is written without a style, because QGIS would open {others} in it too. {advice}</source>
        <translation>{raster} wird ohne Stil geschrieben, weil QGIS auch {others} darin öffnen würde. {advice}</translation>
    </message>
    <message>
        <source>{parameter} is {value}, and needed is {needed}.</source>
        <translation>{parameter} ist {value}, und gebraucht wird {needed}.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>There is no parameter {name}; did you mean {nearest}? The parameters are {known}.</source>
        <translation>Einen Parameter {name} gibt es nicht; meinten Sie {nearest}? Die Parameter sind {known}.</translation>
    </message>
    <message>
        <source>There is no parameter {name} in this version; leave it out, or choose one of {known}.</source>
        <translation>Einen Parameter {name} gibt es in dieser Version nicht; lassen Sie ihn weg, oder wählen Sie einen von {known}.</translation>
    </message>
    <message>
        <source>{parameter} is given by the expression {expression}, which cannot be evaluated: {fault}.</source>
        <translation>{parameter} ist durch den Ausdruck {expression} angegeben, der sich nicht auswerten lässt: {fault}.</translation>
    </message>
    <message>
        <source>the path of what is written</source>
        <translation>der Pfad der Ausgabe</translation>
    </message>
    <message>
        <source>a file whose name ends in .{suffix}</source>
        <translation>eine Datei, deren Name auf .{suffix} endet</translation>
    </message>
    <message>
        <source>a value of the kind &apos;{kind}&apos; of QGIS</source>
        <translation>ein Wert der Art &apos;{kind}&apos; von QGIS</translation>
    </message>
    <message>
        <source>Multiply the image&apos;s values by (empty: 1)</source>
        <translation>Werte des Bildes multiplizieren mit (leer: 1)</translation>
    </message>
    <message>
        <source>Training was cancelled. Its network was to go into a temporary file, so nothing of it is kept.</source>
        <translation>Das Training wurde abgebrochen. Sein Netz sollte in eine temporäre Datei kommen, daher bleibt nichts davon erhalten.</translation>
    </message>
    <message>
        <source>{parameter} is {value}, and a whole number is needed here.</source>
        <translation>{parameter} ist {value}, und hier wird eine ganze Zahl gebraucht.</translation>
    </message>
    <message>
        <source>{parameter} is {value}, and must be {range}.</source>
        <translation>{parameter} ist {value} und muss {range} sein.</translation>
    </message>
    <message>
        <source>more than 0</source>
        <translation>größer als 0</translation>
    </message>
    <message>
        <source>more than 0 and at most {largest:g}</source>
        <translation>größer als 0 und höchstens {largest:g}</translation>
    </message>
    <message>
        <source>{smallest:.12g} or more</source>
        <translation>{smallest:.12g} oder mehr</translation>
    </message>
    <message>
        <source>from {smallest:.12g} to {largest:.12g}</source>
        <translation>eine Zahl von {smallest:.12g} bis {largest:.12g}</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{value}&apos;, and must be one of {choices}, or its place in this list, counted from 0.</source>
        <translation>{parameter} ist &apos;{value}&apos; und muss eines von {choices} sein oder dessen Platz in dieser Liste, von 0 an gezählt.</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{value}&apos;, and must be true or false.</source>
        <translation>{parameter} ist &apos;{value}&apos; und muss true oder false sein.</translation>
    </message>
    <message>
        <source>{parameter} is {value}, and a text is needed here.</source>
        <translation>{parameter} ist {value}, und hier wird ein Text gebraucht.</translation>
    </message>
    <message>
        <source>{parameter} is {value}, and the name of one field is needed here.</source>
        <translation>{parameter} ist {value}, und hier wird der Name eines einzigen Feldes gebraucht.</translation>
    </message>
    <message>
        <source>Extent: {width} x {height} of the image&apos;s {all_width} x {all_height} pixels.</source>
        <translation>Ausdehnung: {width} x {height} der {all_width} x {all_height} Pixel des Bildes.</translation>
    </message>
    <message>
        <source>The mean confidence of the map is {percent:.0f} %, which is low for {classes} classes (guessing: {guessing:.0f} %): the {role} {name} may not know images like this one, or has learned too little, and the map may be wrong. Look at it before you use it; train a classifier on images of this kind (Prepare samples, Train classifier) or, if it is one, with more labels or epochs; or choose another network.</source>
        <translation>Die mittlere Konfidenz der Karte beträgt {percent:.0f} %, was für {classes} Klassen wenig ist (Raten: {guessing:.0f} %): Der {role} {name} kennt Bilder wie dieses vielleicht nicht oder hat zu wenig gelernt, und die Karte kann falsch sein. Sehen Sie sie an, bevor Sie sie verwenden; trainieren Sie einen Klassifikator mit Bildern dieser Art (Lerndaten vorbereiten, Klassifikator trainieren) oder, wenn es schon ein solcher ist, mit mehr Labels oder Epochen; oder wählen Sie ein anderes Netz.</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{value}&apos;, which cannot be opened as a vector layer; choose a layer, or a file that QGIS can show as one.</source>
        <translation>{parameter} ist &apos;{value}&apos; und lässt sich nicht als Vektorlayer öffnen; wählen Sie einen Layer oder eine Datei, die QGIS als solchen darstellen kann.</translation>
    </message>
    <message>
        <source>The same run would go on from {finished} finished tiles.</source>
        <translation>Derselbe Lauf würde von {finished} fertigen Kacheln aus weitergehen.</translation>
    </message>
    <message>
        <source>Give the path alone, without file://.</source>
        <translation>Geben Sie nur den Pfad an, ohne file://.</translation>
    </message>
    <message>
        <source>The bands of {path} are called {names}, and those of maps after each iteration {needed} and so on; choose what Classify and correct or Correct a map wrote as maps after each iteration.</source>
        <translation>Die Kanäle von {path} heißen {names}, und die von Karten nach jeder Iteration {needed} und so weiter; wählen Sie, was Klassifizieren und korrigieren oder Karte korrigieren als Karten nach jeder Iteration geschrieben hat.</translation>
    </message>
    <message>
        <source>{output} is written by another run now: while this one gave no sign of life, its lock {lock} was taken over or deleted. Let the other run end, or run again with another name.</source>
        <translation>{output} wird jetzt von einem anderen Lauf geschrieben: Während dieser hier kein Lebenszeichen gab, wurde seine Sperrdatei {lock} übernommen oder gelöscht. Lassen Sie den anderen Lauf zu Ende gehen, oder starten Sie diesen erneut mit einem anderen Namen.</translation>
    </message>
    <message>
        <source>an unknown process</source>
        <translation>ein unbekannter Prozess</translation>
    </message>
    <message>
        <source>process {pid} on {host}, since {since}</source>
        <translation>Prozess {pid} auf {host}, seit {since}</translation>
    </message>
    <message>
        <source>{output} is being written by another run ({who}). Wait until that has ended or stop it, or choose another name.</source>
        <translation>{output} wird gerade von einem anderen Lauf geschrieben ({who}). Warten Sie, bis er beendet ist, oder brechen Sie ihn ab, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>It gave its last sign of life {age} s ago; {limit} minutes after the last one, the name is free again.</source>
        <translation>Sein letztes Lebenszeichen gab er vor {age} s; {limit} Minuten nach dem letzten ist der Name wieder frei.</translation>
    </message>
    <message>
        <source>{file} is a file, and a sample set is a folder with a samples.json</source>
        <translation>{file} ist eine Datei, und ein Lerndatensatz ist ein Ordner mit einer samples.json</translation>
    </message>
    <message>
        <source>Another run has written the sample set {folder} since this one looked at it; run again.</source>
        <translation>Ein anderer Lauf hat den Lerndatensatz {folder} geschrieben, seit dieser ihn gelesen hat; starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>Training was cancelled before its first epoch was done; the next one begins anew.</source>
        <translation>Das Training wurde abgebrochen, bevor seine erste Epoche fertig war; das nächste beginnt von vorn.</translation>
    </message>
    <message>
        <source>The tensor {name} holds text, and a network needs numbers only; export it again.</source>
        <translation>Der Tensor {name} enthält Text, und ein Netz braucht ausschließlich Zahlen; exportieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The tensor {name} carries its values in two fields ({fields}), and which of them counts is not said; export the network again.</source>
        <translation>Der Tensor {name} enthält seine Werte in zwei Feldern ({fields}), und welches davon gilt, ist nicht gesagt; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The tensor {name} is of the type {kind} of ONNX, which Recurve does not know; export the network in single precision.</source>
        <translation>Der Tensor {name} hat den Typ {kind} von ONNX, den Recurve nicht kennt; exportieren Sie das Netz in einfacher Genauigkeit.</translation>
    </message>
    <message>
        <source>The tensor {name} carries its values in {field}, and those of its type belong into {own}; export the network again.</source>
        <translation>Der Tensor {name} enthält seine Werte in {field}, und die seines Typs gehören in {own}; exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The tensor {name} declares the shape {shape}, which takes {needed} entries in {field}, and the file holds {found}; the file is damaged: copy it again, or export the network again.</source>
        <translation>Der Tensor {name} gibt die Form {shape} an, die {needed} Einträge in {field} braucht, und die Datei enthält {found}; die Datei ist beschädigt: Kopieren Sie sie noch einmal, oder exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The image&apos;s bands in the order the classifier expects, for example 3, 2, 1 for an image stored as blue, green, red. Empty: the bands that bear the classifier&apos;s band names in the image (as description, or else as colour); where a name is missing or there twice, the first bands of the image, as many as the classifier needs. The log says which are taken. In qgis_process and scripts also by name: BANDS=3,2,1 or BANDS=red,green,blue.</source>
        <translation>Die Kanäle des Bildes in der Reihenfolge, die der Klassifikator erwartet, zum Beispiel 3, 2, 1 für ein Bild, das als Blau, Grün, Rot gespeichert ist. Leer: die Kanäle, die im Bild die Kanalnamen des Klassifikators tragen (als Beschreibung oder sonst als Farbe); wo ein Name fehlt oder zweimal da ist, die ersten Kanäle des Bildes, so viele, wie der Klassifikator braucht. Das Protokoll nennt, welche genommen werden. In qgis_process und in Skripten auch nach Namen: BANDS=3,2,1 oder BANDS=red,green,blue.</translation>
    </message>
    <message>
        <source>What each value of the image is multiplied by before the networks see it. Empty: 1, the image as it is. Where the image holds the same as the network&apos;s training images in other numbers: 255 for reflectances from 0 to 1 and a network trained on 8-bit images, 0.0001 for reflectances from 0 to 10000 and a network trained on 0 to 1. The log warns where the ranges do not fit, and says both.</source>
        <translation>Womit jeder Wert des Bildes multipliziert wird, bevor die Netze ihn sehen. Leer: 1, das Bild, wie es ist. Wenn das Bild dasselbe wie die Trainingsbilder des Netzes in anderen Zahlen enthält: 255 für Reflexionsgrade von 0 bis 1 und ein Netz, das mit 8-Bit-Bildern trainiert wurde, 0.0001 für Reflexionsgrade von 0 bis 10000 und ein Netz, das mit 0 bis 1 trainiert wurde. Das Protokoll warnt, wo die Wertebereiche nicht zusammenpassen, und nennt beide.</translation>
    </message>
    <message>
        <source>No corrector was written, because it does not help: the validation map has a mean IoU of {before} as it is, and of {after} at best when it is corrected (after iteration {number} of {most}). Use the map as it is, or label a larger area, accurately along the boundaries, and train again. To export it anyway, run again with &apos;Write the corrector even if it does not help&apos;: what was learned is kept, so that takes no new training.</source>
        <translation>Es wurde kein Korrektor geschrieben, weil er nicht hilft: Die Validierungskarte hat eine mittlere IoU von {before}, wie sie ist, und von höchstens {after}, wenn sie korrigiert wird (nach Iteration {number} von {most}). Verwenden Sie die Karte, wie sie ist, oder labeln Sie ein größeres Gebiet, genau entlang der Grenzen, und trainieren Sie noch einmal. Um ihn trotzdem zu exportieren, starten Sie den Lauf erneut mit &apos;Den Korrektor auch schreiben, wenn er nicht hilft&apos;: Was gelernt wurde, ist aufbewahrt, ein neues Training ist also nicht nötig.</translation>
    </message>
    <message>
        <source>The class raster {labels} has only the class {name} on the image: 0 is its nodata value, so pixels of 0 are unlabelled, and a network learns to tell classes apart. To make 0 a class, list it among the classes, for example &apos;0=background,{value}={name}&apos;.</source>
        <translation>Das Klassenraster {labels} hat auf dem Bild nur die Klasse {name}: 0 ist sein Leerwert, daher haben Pixel mit 0 kein Label, und ein Netz lernt, Klassen zu unterscheiden. Um 0 zu einer Klasse zu machen, führen Sie sie bei den Klassen auf, zum Beispiel &apos;0=background,{value}={name}&apos;.</translation>
    </message>
    <message>
        <source>QGIS opens {layer} with the option {options}, and Recurve opens the file without it, which may give other pixels or another place; export the layer as a GeoTIFF and use that.</source>
        <translation>QGIS öffnet {layer} mit der Option {options}, und Recurve öffnet die Datei ohne sie, was andere Pixel oder eine andere Lage ergeben kann; exportieren Sie den Layer als GeoTIFF und verwenden Sie dieses.</translation>
    </message>
    <message>
        <source>{path} is no name for {parameter}; choose one that ends in {endings}.</source>
        <translation>{path} ist kein Name für {parameter}; wählen Sie einen, der auf {endings} endet.</translation>
    </message>
    <message>
        <source>The image declares the scale {scale:g} and the offset {offset:g}, by which QGIS shows other values; Recurve takes them as they are stored.</source>
        <translation>Das Bild gibt die Skalierung {scale:g} und den Versatz {offset:g} an, durch die QGIS andere Werte zeigt; Recurve nimmt sie, wie sie gespeichert sind.</translation>
    </message>
    <message>
        <source>Write the values that QGIS shows into a file (Raster &gt; Conversion &gt; Translate, additional command-line parameter -unscale) and use that, unless the stored ones mean what the network knows.</source>
        <translation>Schreiben Sie die Werte, die QGIS zeigt, in eine Datei (Raster &gt; Konvertierung &gt; Umwandeln, zusätzlicher Kommandozeilenparameter -unscale) und verwenden Sie diese, wenn die gespeicherten nicht bedeuten, was das Netz kennt.</translation>
    </message>
    <message>
        <source>Set {parameter} to {factor:.6g} for the values that QGIS shows.</source>
        <translation>Setzen Sie {parameter} auf {factor:.6g} für die Werte, die QGIS zeigt.</translation>
    </message>
    <message>
        <source>If {own:g} in QGIS means what {trained:g} means to the network, set {parameter} to {factor:.6g}.</source>
        <translation>Wenn {own:g} in QGIS bedeutet, was für das Netz {trained:g} bedeutet, setzen Sie {parameter} auf {factor:.6g}.</translation>
    </message>
    <message>
        <source>The strata {strata} have no pixel with a value in the area {area}; choose strata that cover it.</source>
        <translation>Die Strata {strata} haben im Gebiet {area} kein Pixel mit einem Wert; wählen Sie Strata, die es abdecken.</translation>
    </message>
    <message>
        <source>The map {map} does not say which value is which class, so each of the values {values} should be in it; of them it has only {found} where it is needed, and 0 is its nodata value, so 0 may be a class. Say in the class table which value is which class, for example &apos;{from_0}&apos; or &apos;{from_1}&apos;.</source>
        <translation>Die Karte {map} sagt nicht, welcher Wert welche Klasse ist, daher sollte jeder der Werte {values} in ihr vorkommen; wo sie gebraucht wird, enthält sie davon nur {found}, und 0 ist ihr Leerwert, also könnte 0 eine Klasse sein. Geben Sie in der Klassentabelle an, welcher Wert welche Klasse ist, zum Beispiel &apos;{from_0}&apos; oder &apos;{from_1}&apos;.</translation>
    </message>
    <message>
        <source>The map {map} does not say which value is which class, so it is taken to be {from_1}. These classes do not occur where the map is needed: {missing}. If that is wrong, say in the class table which value is which class.</source>
        <translation>Die Karte {map} sagt nicht, welcher Wert welche Klasse ist, daher wird angenommen: {from_1}. Diese Klassen kommen dort, wo die Karte gebraucht wird, nicht vor: {missing}. Wenn das falsch ist, geben Sie in der Klassentabelle an, welcher Wert welche Klasse ist.</translation>
    </message>
    <message>
        <source>Files of {rasters} have changed while they were read, so the map would be of both states; run again.</source>
        <translation>Dateien von {rasters} haben sich geändert, während sie gelesen wurden, die Karte wäre also aus beiden Ständen; starten Sie erneut.</translation>
    </message>
    <message>
        <source>Band {band} of {raster} has the scale {scale:g} and the offset {offset:g}, so QGIS shows other values than the file holds, and Recurve needs class values, probabilities and scores as they are stored; write the values that QGIS shows with Raster &gt; Conversion &gt; Translate and the additional command-line parameter -unscale, or remove scale and offset, and use the result.</source>
        <translation>Band {band} von {raster} hat die Skalierung {scale:g} und den Versatz {offset:g}, daher zeigt QGIS andere Werte, als die Datei enthält, und Recurve braucht Klassenwerte, Wahrscheinlichkeiten und Scores, wie sie gespeichert sind; schreiben Sie die Werte, die QGIS zeigt, mit Raster &gt; Konvertierung &gt; Umwandeln und dem zusätzlichen Kommandozeilenparameter -unscale, oder entfernen Sie Skalierung und Versatz, und verwenden Sie das Ergebnis.</translation>
    </message>
    <message>
        <source>A polygon of the {called} has a corner whose coordinates are infinite or not a number; remove that polygon or draw it anew.</source>
        <translation>Ein Polygon ({called}) hat eine Ecke, deren Koordinaten unendlich oder keine Zahl sind; entfernen Sie dieses Polygon oder zeichnen Sie es neu.</translation>
    </message>
    <message>
        <source>The masks of {path} cannot be read</source>
        <translation>Die Masken von {path} können nicht gelesen werden</translation>
    </message>
    <message>
        <source>A raster whose values are the strata the reference was sampled in, for the area estimates (Stehman 2014): all of it, or all of it in the mask, is the population. Empty: the classes of each map are the strata (Olofsson et al. 2014), and the estimates are about what is mapped only. The intervals hold if the reference pixels are a random sample within each stratum.</source>
        <translation>Ein Raster, dessen Werte die Strata sind, in denen die Referenz als Stichprobe gezogen wurde, für die Flächenschätzung (Stehman 2014): Das ganze Raster, oder das ganze in der Maske, ist die Grundgesamtheit. Leer: Die Klassen jeder Karte sind die Strata (Olofsson et al. 2014), und die Schätzungen betreffen nur, was kartiert ist. Die Intervalle gelten, wenn die Referenzpixel in jedem Stratum eine Zufallsstichprobe sind.</translation>
    </message>
    <message>
        <source>In place of polygons or lines: a raster with a whole number for each class. It may have other pixels and another coordinate system than the image; each pixel of the image gets the class at its centre. Pixels of its nodata value are unlabelled, unless CLASSES lists that value, as in masks of 0 and 1 whose nodata value is 0.</source>
        <translation>Anstelle von Polygonen oder Linien: ein Raster mit einer ganzen Zahl je Klasse. Es darf andere Pixel und ein anderes Koordinatensystem haben als das Bild; jedes Pixel des Bildes erhält die Klasse an seinem Mittelpunkt. Pixel mit seinem Leerwert sind ohne Label, außer wenn CLASSES diesen Wert aufführt, wie bei Masken aus 0 und 1, deren Leerwert 0 ist.</translation>
    </message>
    <message>
        <source>The classes in their order, as a table of the value in the labels, the class&apos;s name and its colour (#c0392b). The value may be empty where the labels hold the name, and the colour always. In qgis_process and scripts: a text, CLASSES=&quot;road,building:#c0392b&quot; or CLASSES=&quot;1=road,2=building&quot;, or a list of the table&apos;s cells row by row. In the text and in a list of names, a name with a comma, a semicolon, = or : in it stands in double quotes (&quot;Fields, wet&quot;); the table takes names as they are. Empty: the categories, or the rules on the field alone, in which the layer is shown and which are ticked, the palette or the raster attribute table, or else all values, sorted; and where the output folder has a sample set with these classes, in its order. Values that are not listed stay unlabelled; the nodata value of a raster is a class if it is listed (CLASSES=&quot;0=background,1=building&quot;).</source>
        <translation>Die Klassen in ihrer Reihenfolge, als Tabelle aus dem Wert in den Labels, dem Namen der Klasse und ihrer Farbe (#c0392b). Der Wert darf leer sein, wenn die Labels den Namen enthalten, und die Farbe immer. In qgis_process und in Skripten: ein Text, CLASSES=&quot;road,building:#c0392b&quot; oder CLASSES=&quot;1=road,2=building&quot;, oder eine Liste der Zellen der Tabelle, Zeile für Zeile. Im Text und in einer Liste von Namen steht ein Name mit Komma, Semikolon, = oder : in doppelten Anführungszeichen (&quot;Felder, nass&quot;); die Tabelle nimmt Namen, wie sie sind. Leer: die angehakten Kategorien, in denen der Layer dargestellt wird, oder die angehakten Regeln, wenn sie allein dieses Feld abfragen, die Palette oder die Raster-Attributtabelle, oder sonst alle Werte, sortiert; und wo der Ausgabeordner einen Lerndatensatz mit diesen Klassen enthält, in dessen Reihenfolge. Werte, die nicht aufgeführt sind, bleiben ohne Label; der Leerwert eines Rasters ist eine Klasse, wenn er aufgeführt ist (CLASSES=&quot;0=background,1=building&quot;).</translation>
    </message>
    <message>
        <source>Corrector from a file (empty: the network&apos;s own, or else the universal one)</source>
        <translation>Korrektor aus einer Datei (leer: der des Netzes oder sonst der universelle)</translation>
    </message>
    <message>
        <source>Corrector (empty: the universal one)</source>
        <translation>Korrektor (leer: der universelle)</translation>
    </message>
    <message>
        <source>id {id} ({name})</source>
        <translation>ID {id} ({name})</translation>
    </message>
    <message>
        <source>id {id} at {place}: {was} {percent:.0f} %, now {now}</source>
        <translation>ID {id} bei {place}: {was} {percent:.0f} %, jetzt {now}</translation>
    </message>
    <message>
        <source>Hints without a class are left out</source>
        <translation>Hinweise ohne Klasse werden ausgelassen</translation>
    </message>
    <message>
        <source>Several fields of the hints {layer} hold classes of the map ({fields}); choose one of them as {parameter}.</source>
        <translation>Mehrere Felder der Hinweise {layer} enthalten Klassen der Karte ({fields}); wählen Sie eines davon als {parameter}.</translation>
    </message>
    <message>
        <source>No field of the hints {layer} ({fields}) holds a class of the map, by name or by value; the classes are {classes}.</source>
        <translation>Kein Feld der Hinweise {layer} ({fields}) enthält eine Klasse der Karte, als Name oder als Wert; die Klassen sind {classes}.</translation>
    </message>
    <message>
        <source>Hints whose trust &apos;{value}&apos; is none of {known} are trusted as all others</source>
        <translation>Hinweisen, deren Vertrauen &apos;{value}&apos; keines von {known} ist, wird wie allen anderen vertraut</translation>
    </message>
    <message>
        <source>The hints {layer} have no feature to use; draw some, select some if only the selected ones count, or look at the layer&apos;s filter.</source>
        <translation>Die Hinweise {layer} haben kein Objekt zu verwenden; zeichnen Sie welche, wählen Sie welche, wenn nur die gewählten zählen, oder prüfen Sie den Filter des Layers.</translation>
    </message>
    <message>
        <source>The hints {layer} have no field {field}; choose one of {fields}.</source>
        <translation>Die Hinweise {layer} haben kein Feld {field}; wählen Sie eines von {fields}.</translation>
    </message>
    <message>
        <source>Hints without a shape are left out</source>
        <translation>Hinweise ohne Geometrie werden ausgelassen</translation>
    </message>
    <message>
        <source>Hints that cannot be transformed to the image&apos;s coordinates are left out</source>
        <translation>Hinweise, die sich nicht in die Koordinaten des Bildes umrechnen lassen, werden ausgelassen</translation>
    </message>
    <message>
        <source>Hints with an invalid shape are repaired; please look at them (Check validity)</source>
        <translation>Hinweise mit einer ungültigen Geometrie wurden repariert; bitte sehen Sie sie an (Gültigkeit prüfen)</translation>
    </message>
    <message>
        <source>Hints outside the image are left out</source>
        <translation>Hinweise außerhalb des Bildes werden ausgelassen</translation>
    </message>
    <message>
        <source>The hint layer {path} cannot be written ({fault}); choose another folder or name.</source>
        <translation>Der Layer für Hinweise {path} lässt sich nicht schreiben ({fault}); wählen Sie einen anderen Ordner oder Namen.</translation>
    </message>
    <message>
        <source>certain</source>
        <translation>sicher</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <source>New hint layer</source>
        <translation>Neuer Layer für Hinweise</translation>
    </message>
    <message>
        <source>Makes an empty layer for hints, whose form offers the classes of a map.</source>
        <translation>Legt einen leeren Layer für Hinweise an, dessen Formular die Klassen einer Karte anbietet.</translation>
    </message>
    <message>
        <source>hint,hints,click,seed,scribble,correction,label,class,form,interactive</source>
        <translation>Hinweis,Hinweise,Klick,Korrektur,Label,Klasse,Formular,interaktiv,hint,hints,click,seed,scribble,correction,class,form,interactive</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>Geometrien</translation>
    </message>
    <message>
        <source>Hints</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>{path} exists already, and the hints in it would be lost; choose a new name, or draw into that layer.</source>
        <translation>{path} gibt es schon, und die Hinweise darin gingen verloren; wählen Sie einen neuen Namen, oder zeichnen Sie in diesen Layer.</translation>
    </message>
    <message>
        <source>The form of the hints offers these classes: {classes}.</source>
        <translation>Das Formular der Hinweise bietet diese Klassen an: {classes}.</translation>
    </message>
    <message>
        <source>Field with the class of a hint (empty: the one that holds classes)</source>
        <translation>Feld mit der Klasse eines Hinweises (leer: das, welches Klassen enthält)</translation>
    </message>
    <message>
        <source>Trust in hints</source>
        <translation>Vertrauen in Hinweise</translation>
    </message>
    <message>
        <source>Change the map only around hints</source>
        <translation>Karte nur um Hinweise herum ändern</translation>
    </message>
    <message>
        <source>Hints are given, and the corrector {name} ({path}) takes none; leave {hints} empty, or choose a corrector that does, such as the universal one ({universal}).</source>
        <translation>Hinweise sind angegeben, und der Korrektor {name} ({path}) nimmt keine an; lassen Sie {hints} leer, oder wählen Sie einen Korrektor, der welche annimmt, etwa den universellen ({universal}).</translation>
    </message>
    <message>
        <source>The universal corrector, which comes with Recurve and is taken where none is chosen, is missing ({path}); install Recurve again, or choose the file of a corrector.</source>
        <translation>Der universelle Korrektor, der mit Recurve geliefert und genommen wird, wenn keiner gewählt ist, fehlt ({path}); installieren Sie Recurve neu, oder wählen Sie die Datei eines Korrektors.</translation>
    </message>
    <message>
        <source>It was made for maps of any classes, and not for this classifier; 0 iterations give the classifier&apos;s own map.</source>
        <translation>Er ist für Karten beliebiger Klassen gemacht und nicht für diesen Klassifikator; 0 Iterationen ergeben die Karte des Klassifikators selbst.</translation>
    </message>
    <message>
        <source>No feature of the hints {layer} can be used.</source>
        <translation>Kein Objekt der Hinweise {layer} lässt sich verwenden.</translation>
    </message>
    <message>
        <source>Draw hints on the image and give each a class of the map.</source>
        <translation>Zeichnen Sie Hinweise auf dem Bild, und geben Sie jedem eine Klasse der Karte.</translation>
    </message>
    <message>
        <source>Hints of the unknown class &apos;{value}&apos; are left out: {count} (id {ids}). The classes are {classes}.</source>
        <translation>Hinweise der unbekannten Klasse &apos;{value}&apos; werden ausgelassen: {count} (ID {ids}). Die Klassen sind {classes}.</translation>
    </message>
    <message>
        <source>Hints: {count} by the field {field} ({classes}).</source>
        <translation>Hinweise: {count} nach dem Feld {field} ({classes}).</translation>
    </message>
    <message>
        <source>Bands of the image: {bands}, each standardised over the whole image{mixed}.</source>
        <translation>Kanäle des Bildes: {bands}, jeder über das ganze Bild standardisiert{mixed}.</translation>
    </message>
    <message>
        <source>; their first three principal components are taken</source>
        <translation>; ihre ersten drei Hauptkomponenten werden genommen</translation>
    </message>
    <message>
        <source>; the corrector sees three, made of them</source>
        <translation>; der Korrektor sieht drei, die daraus gebildet sind</translation>
    </message>
    <message>
        <source>Looking for the classes of the map.</source>
        <translation>Die Klassen der Karte werden gesucht.</translation>
    </message>
    <message>
        <source>The map {map} has no nodata value and does not name the value 0, which is taken for no data; if it is a class, say so in the class table.</source>
        <translation>Die Karte {map} hat keinen Leerwert und nennt den Wert 0 nicht; 0 gilt daher als keine Daten. Wenn 0 eine Klasse ist, geben Sie das in der Klassentabelle an.</translation>
    </message>
    <message>
        <source>The map {map} has fewer than two classes ({found}), so that there is nothing to correct; if its nodata value is a class, say in the class table which values are classes, for example &apos;0=background,1=building&apos;.</source>
        <translation>Die Karte {map} hat weniger als zwei Klassen ({found}), also gibt es nichts zu korrigieren; wenn ihr Leerwert eine Klasse ist, geben Sie in der Klassentabelle an, welche Werte Klassen sind, zum Beispiel &apos;0=background,1=building&apos;.</translation>
    </message>
    <message>
        <source>The map {map} has fewer than two bands of classes ({found}), and a map of {kind} needs one for each class; choose another raster, or another kind of map.</source>
        <translation>Die Karte {map} hat weniger als zwei Kanäle für Klassen ({found}), und eine Karte der Art {kind} braucht einen je Klasse; wählen Sie ein anderes Raster oder eine andere Kartenart.</translation>
    </message>
    <message>
        <source>The map {map} has {count} classes, and at most {most} are allowed; choose a raster whose values are classes and not measurements.</source>
        <translation>Die Karte {map} hat {count} Klassen, und höchstens {most} sind erlaubt; wählen Sie ein Raster, dessen Werte Klassen und keine Messwerte sind.</translation>
    </message>
    <message>
        <source>{map} holds the value {value:g}, and class values are whole numbers; choose a map of classes, or say that it is one of another kind.</source>
        <translation>{map} enthält den Wert {value:g}, und Klassenwerte sind ganze Zahlen; wählen Sie eine Karte mit Klassen, oder geben Sie an, dass es eine Karte anderer Art ist.</translation>
    </message>
    <message>
        <source>{map} has {count} different values or more, and at most {most} classes are allowed; choose a map of classes, not of measurements.</source>
        <translation>{map} hat {count} oder mehr verschiedene Werte, und höchstens {most} Klassen sind erlaubt; wählen Sie eine Karte mit Klassen, nicht mit Messwerten.</translation>
    </message>
    <message>
        <source>&apos;{entry}&apos; in the class table is no &apos;value=class&apos;; write for example &apos;10=building,20=road,30=&apos;.</source>
        <translation>&apos;{entry}&apos; in der Klassentabelle ist kein &apos;Wert=Klasse&apos;; schreiben Sie zum Beispiel &apos;10=building,20=road,30=&apos;.</translation>
    </message>
    <message>
        <source>The class table says twice what {number} is; say it once.</source>
        <translation>Die Klassentabelle sagt zweimal, was {number} ist; sagen Sie es einmal.</translation>
    </message>
    <message>
        <source>The class table gives the class {name} twice, as {first} and as {number}; merge them in the map first, or give each a name of its own.</source>
        <translation>Die Klassentabelle hat die Klasse {name} zweimal, als {first} und als {number}; fassen Sie sie zuerst in der Karte zusammen, oder geben Sie jeder einen eigenen Namen.</translation>
    </message>
    <message>
        <source>class {number}</source>
        <translation>Klasse {number}</translation>
    </message>
    <message>
        <source>Hints were given, and the corrector ({name}, iterations: {iterations}) takes none; choose a corrector that takes hints and at least 1 iteration, or leave the hints out.</source>
        <translation>Hinweise wurden angegeben, und der Korrektor ({name}, Iterationen: {iterations}) nimmt keine an; wählen Sie einen Korrektor, der Hinweise annimmt, und mindestens 1 Iteration, oder lassen Sie die Hinweise weg.</translation>
    </message>
    <message>
        <source>A hint says class number {number}, and the map has the classes 1 to {count}; choose one of these.</source>
        <translation>Ein Hinweis nennt die Klasse Nummer {number}, und die Karte hat die Klassen 1 bis {count}; wählen Sie eine von diesen.</translation>
    </message>
    <message>
        <source>An unfinished run of another kind (image, map, networks, hints, extent, mask, iterations, resampling, tiles or device) lies beside the output; its tiles are not used.</source>
        <translation>Neben der Ausgabe liegt ein unfertiger Lauf mit anderen Einstellungen (Bild, Karte, Netze, Hinweise, Ausdehnung, Maske, Iterationen, Umrechnung, Kacheln oder Gerät); seine Kacheln werden nicht verwendet.</translation>
    </message>
    <message>
        <source>{path} cannot be read back</source>
        <translation>{path} lässt sich nicht zurücklesen</translation>
    </message>
    <message>
        <source>Delete it and run again, or choose another output.</source>
        <translation>Löschen Sie die Datei und starten Sie den Lauf erneut, oder wählen Sie eine andere Ausgabe.</translation>
    </message>
    <message>
        <source>A hint cannot be read</source>
        <translation>Ein Hinweis lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>A hint has a corner whose coordinates are infinite or not a number; remove that hint or draw it anew.</source>
        <translation>Ein Hinweis hat eine Ecke, deren Koordinaten unendlich oder keine Zahl sind; entfernen Sie diesen Hinweis oder zeichnen Sie ihn neu.</translation>
    </message>
    <message>
        <source>No valid pixel was found in {image}, so its bands cannot be standardised; check its nodata value.</source>
        <translation>In {image} wurde kein gültiges Pixel gefunden, daher lassen sich seine Kanäle nicht standardisieren; prüfen Sie seinen Leerwert.</translation>
    </message>
    <message>
        <source>hints</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>0 to 4096 px for a corrector and 0 for a classifier</source>
        <translation>0 bis 4096 px für einen Korrektor und 0 für einen Klassifikator</translation>
    </message>
    <message>
        <source>0 to 256 px for a corrector and 0 for a classifier</source>
        <translation>0 bis 256 px für einen Korrektor und 0 für einen Klassifikator</translation>
    </message>
    <message>
        <source>true or false for a corrector and false for a classifier</source>
        <translation>true oder false für einen Korrektor und false für einen Klassifikator</translation>
    </message>
    <message>
        <source>&apos;map&apos; for a corrector of any map</source>
        <translation>&apos;map&apos; für einen Korrektor für beliebige Karten</translation>
    </message>
    <message>
        <source>three bands with mean 0 and deviation 1 for a corrector of any map</source>
        <translation>drei Kanäle mit Mittelwert 0 und Standardabweichung 1 für einen Korrektor für beliebige Karten</translation>
    </message>
    <message>
        <source>an empty list for a corrector of any map</source>
        <translation>eine leere Liste für einen Korrektor für beliebige Karten</translation>
    </message>
    <message>
        <source>A corrector that was trained for the classifier, an .onnx file. Empty: the one that comes with Recurve for the classifier, or else the universal one.</source>
        <translation>Ein Korrektor, der für den Klassifikator trainiert wurde, eine .onnx-Datei. Leer: der mit Recurve gelieferte für den Klassifikator oder sonst der universelle.</translation>
    </message>
    <message>
        <source>How often the corrector is applied. Empty: as often as was best in its validation area. 0: the classifier&apos;s map, not corrected by any corrector.</source>
        <translation>Wie oft der Korrektor angewendet wird. Leer: so oft, wie es in seinem Validierungsgebiet am besten war. 0: die Karte des Klassifikators, von keinem Korrektor korrigiert.</translation>
    </message>
    <message>
        <source>How far hints are trusted. certain: a hint&apos;s pixels get its class. likely: a hint counts for much, and may be outvoted by the image and the map around it.</source>
        <translation>Wie weit Hinweisen vertraut wird. certain: Die Pixel eines Hinweises bekommen seine Klasse. likely: Ein Hinweis zählt viel, kann aber von Bild und Karte um ihn herum überstimmt werden.</translation>
    </message>
    <message>
        <source>Corrects a map that any tool has made, with a recurrent network (the corrector) that has learned to move class boundaries onto the edges of an image. The map may hold class values, probabilities or scores, and may differ from the image in grid, pixel size and coordinate reference system: it is brought onto the image&apos;s pixels tile by tile (the nearest pixel for class values, between pixels for probabilities and scores). The corrected map has the image&apos;s pixels and the class values, names and colours of the map; it does not depend on the tiles. Without a corrector of your own the universal one is taken, which comes with Recurve and takes maps of any classes and images of any bands; it needs no training. A corrector that was trained on maps like the one to correct knows more of them; the log warns where a corrector was not made for such a map. Where you know better than the map, hints say so, and the correction spreads them.</source>
        <translation>Korrigiert eine mit einem beliebigen Programm erzeugte Karte mit einem rekurrenten Netz (dem Korrektor), das gelernt hat, Klassengrenzen auf die Kanten eines Bildes zu schieben. Die Karte darf Klassenwerte, Wahrscheinlichkeiten oder Bewertungen enthalten und sich vom Bild in Pixelgitter, Pixelgröße und Koordinatenbezugssystem unterscheiden: Sie wird Kachel für Kachel auf die Pixel des Bildes gebracht (das nächste Pixel bei Klassenwerten, zwischen den Pixeln bei Wahrscheinlichkeiten und Bewertungen). Die korrigierte Karte hat die Pixel des Bildes und die Klassenwerte, Namen und Farben der Karte; sie hängt nicht von den Kacheln ab. Ohne eigenen Korrektor wird der universelle genommen, der mit Recurve geliefert wird und Karten beliebiger Klassen und Bilder mit beliebigen Kanälen nimmt; er braucht kein Training. Ein Korrektor, der mit Karten trainiert wurde, die der zu korrigierenden gleichen, weiß mehr über sie; das Protokoll warnt, wenn ein Korrektor nicht für eine solche Karte gemacht ist. Wo Sie es besser wissen als die Karte, sagen es Hinweise, und die Korrektur breitet sie aus.</translation>
    </message>
    <message>
        <source>The image the map was made from, or a finer one of the same time: a raster file with the bands the corrector was trained on, in raw values; the universal corrector takes any bands. Pixels without data stay without data in the corrected map.</source>
        <translation>Das Bild, aus dem die Karte entstanden ist, oder ein feineres aus derselben Zeit: eine Rasterdatei mit den Kanälen, mit denen der Korrektor trainiert wurde, in Rohwerten; der universelle Korrektor nimmt beliebige Kanäle. Pixel ohne Daten bleiben auch in der korrigierten Karte ohne Daten.</translation>
    </message>
    <message>
        <source>What the map holds. auto: what the corrector was trained on; where its file does not say, and for the universal corrector, classes if the map has one band, and with more bands the algorithm asks. classes: class values. probabilities: one band for each class, on any scale (0 to 1, 0 to 100, 0 to 255). scores: one band for each class, numbers before softmax, as Classify and correct writes them.</source>
        <translation>Was die Karte enthält. auto: das, womit der Korrektor trainiert wurde; wo seine Datei es nicht sagt, und beim universellen Korrektor, classes, wenn die Karte einen Kanal hat, und bei mehr Kanälen fragt der Algorithmus nach. classes: Klassenwerte. probabilities: ein Kanal je Klasse, in beliebiger Skala (0 bis 1, 0 bis 100, 0 bis 255). scores: ein Kanal je Klasse, Zahlen vor dem Softmax, wie Klassifizieren und korrigieren sie schreibt.</translation>
    </message>
    <message>
        <source>The map that hints are drawn for: one to be corrected, or one that Classify and correct has made.</source>
        <translation>Die Karte, für die Hinweise gezeichnet werden: eine zu korrigierende, oder eine, die Klassifizieren und korrigieren erzeugt hat.</translation>
    </message>
    <message>
        <source>What the map holds. auto: class values where it has one band; with more bands the algorithm asks. classes: class values. probabilities or scores: one band for each class.</source>
        <translation>Was die Karte enthält. auto: Klassenwerte, wenn sie einen Kanal hat; bei mehr Kanälen fragt der Algorithmus nach. classes: Klassenwerte. probabilities oder scores: ein Kanal je Klasse.</translation>
    </message>
    <message>
        <source>Which value of the map, or which of its bands, is which class, as in Correct a map; a class that does not occur in the map yet may be added. Empty: all values that occur in the map or are named in its file, and all bands but alpha.</source>
        <translation>Welcher Wert der Karte oder welcher ihrer Kanäle welche Klasse ist, wie in Karte korrigieren; eine Klasse, die in der Karte noch nicht vorkommt, darf hinzugefügt werden. Leer: alle Werte, die in der Karte vorkommen oder in ihrer Datei genannt sind, und alle Kanäle außer Alphakanälen.</translation>
    </message>
    <message>
        <source>Hints outside the extent change only what they reach within it</source>
        <translation>Hinweise außerhalb der Ausdehnung ändern nur, was sie innerhalb erreichen</translation>
    </message>
    <message>
        <source>{path} is no name for {parameter}: the layer is written as a GeoPackage, because that keeps its form; choose a name that ends in .gpkg.</source>
        <translation>{path} ist kein Name für {parameter}: Der Layer wird als GeoPackage geschrieben, weil er so sein Formular behält; wählen Sie einen Namen, der auf .gpkg endet.</translation>
    </message>
    <message>
        <source>{around} is ticked and no layer is given as {hints}, so nothing would change; give one, or untick it.</source>
        <translation>{around} ist angehakt, und als {hints} ist kein Layer angegeben, also würde sich nichts ändern; geben Sie einen an, oder entfernen Sie das Häkchen.</translation>
    </message>
    <message>
        <source>Hints are given and {iterations} is 0, so nothing is corrected; leave {iterations} empty, or leave {hints} empty.</source>
        <translation>Hinweise sind angegeben, und {iterations} ist 0, also wird nichts korrigiert; lassen Sie {iterations} leer, oder lassen Sie {hints} leer.</translation>
    </message>
    <message>
        <source>Hints are given and {resample} is ticked, and hints work on the image&apos;s own pixels only; untick it, or make the map without hints and give the map and the hints to Correct a map.</source>
        <translation>Hinweise sind angegeben, und {resample} ist angehakt, und Hinweise wirken nur auf den Pixeln des Bildes selbst; entfernen Sie das Häkchen, oder erzeugen Sie die Karte ohne Hinweise, und geben Sie die Karte und die Hinweise in Karte korrigieren an.</translation>
    </message>
    <message>
        <source>Hints that contradict each other on the same pixels: {count}, {pairs}. A certain hint counts before a likely one, and of two that are equally trusted the last.</source>
        <translation>Hinweise, die einander auf denselben Pixeln widersprechen: {count}, {pairs}. Ein sicherer Hinweis zählt vor einem wahrscheinlichen, und von zweien, denen gleich vertraut wird, zählt der letzte.</translation>
    </message>
    <message>
        <source>Hints that overturn a class with a probability above {percent:g} %: {count}, {hints}. Check whether they are right.</source>
        <translation>Hinweise, die eine Klasse mit einer Wahrscheinlichkeit über {percent:g} % umstoßen: {count}, {hints}. Prüfen Sie, ob sie richtig sind.</translation>
    </message>
    <message>
        <source>Hints were given, and they work only on the image&apos;s own pixels and with a classifier whose receptive field is known; switch the resampling off, choose another classifier, or make the map without hints and give the map and the hints to &apos;Correct a map&apos;.</source>
        <translation>Hinweise wurden angegeben, und sie wirken nur auf den Pixeln des Bildes selbst und mit einem Klassifikator, dessen rezeptives Feld bekannt ist; schalten Sie die Umrechnung aus, wählen Sie einen anderen Klassifikator, oder erzeugen Sie die Karte ohne Hinweise, und geben Sie die Karte und die Hinweise in &apos;Karte korrigieren&apos; an.</translation>
    </message>
    <message>
        <source>Only the hints differ from those of the finished outputs: {taken} tiles are taken over as they are, and of {parts} tiles only a part is computed.</source>
        <translation>Nur die Hinweise sind anders als die der fertigen Ausgaben: {taken} Kacheln werden übernommen, wie sie sind, und von {parts} Kacheln wird nur ein Teil berechnet.</translation>
    </message>
    <message>
        <source>The corrector, an .onnx file that was trained for the network above, or the universal one. Empty: the one that comes with Recurve for that network; where there is none, as for a classifier of your own, the universal corrector, which takes maps of any classes. The log says which. With 0 iterations the map is the classifier&apos;s, not corrected.</source>
        <translation>Der Korrektor, eine .onnx-Datei, die für das Netz darüber trainiert wurde, oder der universelle. Leer: der mit Recurve gelieferte für dieses Netz; wo es keinen gibt, wie bei einem eigenen Klassifikator, der universelle Korrektor, der Karten beliebiger Klassen nimmt. Das Protokoll nennt, welcher. Mit 0 Iterationen ist die Karte die des Klassifikators, nicht korrigiert.</translation>
    </message>
    <message>
        <source>What you know of single places: points, lines or polygons, each with a class of the map. The correction spreads a hint over what it lies on, up to the edges in the image, as far as its iterations reach; the rest of the map is, bit for bit, what it is without hints. A point counts for the pixel that holds it, a line for all pixels that it touches, a polygon for those whose centre is in it. Any coordinate reference system. A hint of the class that the map has there anyway changes nothing. The log names hints that are left out (no shape, no class of the map, outside the image), that contradict each other, and that overturn a class with a probability above 95 %. Only correctors that were made for hints take them; the universal one does. Not with resampling, nor with classifiers whose tiles are blended. New hint layer makes a layer whose form offers the classes of a map.</source>
        <translation>Was Sie über einzelne Stellen wissen: Punkte, Linien oder Polygone, jedes mit einer Klasse der Karte. Die Korrektur breitet einen Hinweis über das aus, worauf er liegt, bis an die Kanten im Bild, so weit ihre Iterationen reichen; der Rest der Karte ist, Bit für Bit, was er ohne Hinweise ist. Ein Punkt zählt für das Pixel, in dem er liegt, eine Linie für alle Pixel, die sie berührt, ein Polygon für die, deren Mittelpunkt darin liegt. Beliebiges Koordinatenbezugssystem. Ein Hinweis auf die Klasse, welche die Karte dort ohnehin hat, ändert nichts. Das Protokoll nennt Hinweise, die ausgelassen werden (keine Geometrie, keine Klasse der Karte, außerhalb des Bildes), die einander widersprechen und die eine Klasse mit einer Wahrscheinlichkeit über 95 % umstoßen. Nur Korrektoren, die für Hinweise gemacht sind, nehmen sie an; der universelle tut es. Nicht mit Umrechnung auf eine andere Pixelgröße und nicht mit Klassifikatoren, deren Kacheln überblendet werden. Neuer Layer für Hinweise legt einen Layer an, dessen Formular die Klassen einer Karte anbietet.</translation>
    </message>
    <message>
        <source>The field with the class of each hint: the class&apos;s name or its class value. Empty: the field called class if its values are classes of the map, or else the only field that holds such values.</source>
        <translation>Das Feld mit der Klasse jedes Hinweises: der Name der Klasse oder ihr Klassenwert. Leer: das Feld class, wenn seine Werte Klassen der Karte sind, oder sonst das einzige Feld, das solche Werte enthält.</translation>
    </message>
    <message>
        <source>Changes only the pixels whose corrected class with the hints differs from that without them; all others keep the class they have before the correction. For repairing single places of a map without any other change.</source>
        <translation>Ändert nur die Pixel, deren korrigierte Klasse mit den Hinweisen eine andere ist als ohne sie; alle anderen behalten die Klasse, die sie vor der Korrektur haben. Um einzelne Stellen einer Karte ohne jede andere Änderung zu verbessern.</translation>
    </message>
    <message>
        <source>The image&apos;s bands in the order the corrector expects. Empty: the bands that bear the corrector&apos;s band names in the image (as description, or else as colour); where a name is missing or there twice, the first bands of the image, as many as the corrector needs. The log says which are taken. The universal corrector takes all bands but alpha, or those chosen here, each standardised over the whole image; of more than three bands it sees the first three principal components.</source>
        <translation>Die Kanäle des Bildes in der Reihenfolge, die der Korrektor erwartet. Leer: die Kanäle, die im Bild die Kanalnamen des Korrektors tragen (als Beschreibung oder sonst als Farbe); wo ein Name fehlt oder zweimal da ist, die ersten Kanäle des Bildes, so viele, wie der Korrektor braucht. Das Protokoll nennt, welche genommen werden. Der universelle Korrektor nimmt alle Kanäle außer Alphakanälen oder die hier gewählten, jeden über das ganze Bild standardisiert; von mehr als drei Kanälen sieht er die ersten drei Hauptkomponenten.</translation>
    </message>
    <message>
        <source>The corrector, an .onnx file made by Recurve (Train corrector). Empty: the universal corrector that comes with Recurve, which takes maps of any classes.</source>
        <translation>Der Korrektor, eine von Recurve erzeugte .onnx-Datei (Korrektor trainieren). Leer: der mit Recurve gelieferte universelle Korrektor, der Karten beliebiger Klassen nimmt.</translation>
    </message>
    <message>
        <source>Which value of the map is which class, as a table. A class is one of the corrector&apos;s or, for the universal corrector, any name; a class that is left empty says that the value is no class (such pixels are without data). For probabilities and scores the values are the numbers of the bands. In qgis_process and scripts: a text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, or a list of the table&apos;s cells row by row; in the text, a name with a comma, a semicolon or = in it may stand in double quotes. Empty: by the names in the map&apos;s attribute table or category names, or of its bands; where it has none, 1, 2, 3, ... in the corrector&apos;s order. Where that does not fit, or the map holds other values, the algorithm stops and says which. For the universal corrector, empty means: all values that occur in the map or are named in its file, and all bands but alpha; what has no name is called class 1, class 2 and so on. For hints of a class that does not occur in the map, give a table of all classes with that one added. In a map without a nodata value, 0 is taken for no data, unless the map names it or has fewer than two other classes.</source>
        <translation>Welcher Wert der Karte welche Klasse ist, als Tabelle. Eine Klasse ist eine des Korrektors oder, beim universellen Korrektor, ein beliebiger Name; eine leer gelassene Klasse sagt, dass der Wert keine Klasse ist (solche Pixel sind ohne Daten). Bei Wahrscheinlichkeiten und Bewertungen sind die Werte die Nummern der Kanäle. In qgis_process und in Skripten: ein Text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, oder eine Liste der Zellen der Tabelle, Zeile für Zeile; im Text darf ein Name mit Komma, Semikolon oder = in doppelten Anführungszeichen stehen. Leer: nach den Namen in der Attributtabelle der Karte, ihren Kategorienamen oder denen ihrer Kanäle; wo sie keine hat, 1, 2, 3, ... in der Reihenfolge des Korrektors. Wo das nicht passt oder die Karte andere Werte enthält, hält der Algorithmus an und nennt sie. Beim universellen Korrektor bedeutet leer: alle Werte, die in der Karte vorkommen oder in ihrer Datei genannt sind, und alle Kanäle außer Alphakanälen; was keinen Namen hat, heißt Klasse 1, Klasse 2 und so weiter. Für Hinweise auf eine Klasse, die in der Karte nicht vorkommt, geben Sie eine Tabelle aller Klassen an, um diese ergänzt. In einer Karte ohne Leerwert gilt 0 als keine Daten, es sei denn, die Karte nennt die 0 oder hat weniger als zwei andere Klassen.</translation>
    </message>
    <message>
        <source>What you know of single places: points, lines or polygons, each with a class of the map. The correction spreads a hint over what it lies on, up to the edges in the image, as far as its iterations reach; the rest of the map is, bit for bit, what it is without hints. A point counts for the pixel that holds it, a line for all pixels that it touches, a polygon for those whose centre is in it. Any coordinate reference system. A hint of the class that the map has there anyway changes nothing. The log names hints that are left out (no shape, no class of the map, outside the image), that contradict each other, and that overturn a class with a probability above 95 %. Only correctors that were made for hints take them; the universal one does. New hint layer makes a layer whose form offers the classes of a map.</source>
        <translation>Was Sie über einzelne Stellen wissen: Punkte, Linien oder Polygone, jedes mit einer Klasse der Karte. Die Korrektur breitet einen Hinweis über das aus, worauf er liegt, bis an die Kanten im Bild, so weit ihre Iterationen reichen; der Rest der Karte ist, Bit für Bit, was er ohne Hinweise ist. Ein Punkt zählt für das Pixel, in dem er liegt, eine Linie für alle Pixel, die sie berührt, ein Polygon für die, deren Mittelpunkt darin liegt. Beliebiges Koordinatenbezugssystem. Ein Hinweis auf die Klasse, welche die Karte dort ohnehin hat, ändert nichts. Das Protokoll nennt Hinweise, die ausgelassen werden (keine Geometrie, keine Klasse der Karte, außerhalb des Bildes), die einander widersprechen und die eine Klasse mit einer Wahrscheinlichkeit über 95 % umstoßen. Nur Korrektoren, die für Hinweise gemacht sind, nehmen sie an; der universelle tut es. Neuer Layer für Hinweise legt einen Layer an, dessen Formular die Klassen einer Karte anbietet.</translation>
    </message>
    <message>
        <source>The corrected map, a GeoTIFF on the image&apos;s grid, with the class values, names and colours of the map to correct (of its attribute table or palette, else the corrector&apos;s, or else chosen by Recurve). Probabilities and scores become the class values 1, 2, 3, ... in the corrector&apos;s order or that of the bands, 0 is no data.</source>
        <translation>Die korrigierte Karte, ein GeoTIFF im Pixelgitter des Bildes, mit den Klassenwerten, Namen und Farben der zu korrigierenden Karte (aus ihrer Attributtabelle oder Palette, sonst die des Korrektors, oder sonst von Recurve gewählt). Aus Wahrscheinlichkeiten und Bewertungen werden die Klassenwerte 1, 2, 3, ... in der Reihenfolge des Korrektors oder der Kanäle, 0 bedeutet keine Daten.</translation>
    </message>
    <message>
        <source>Makes an empty layer to draw hints into: points, lines or polygons that say which class of a map is right at single places. Its form offers the classes of the map by their names, and whether a hint is certain or likely; its features are shown in the colours of the classes. Draw a hint into each wrong piece of the map, and give the layer to Correct a map or Classify and correct as Hints; they spread each hint up to the edges in the image.</source>
        <translation>Legt einen leeren Layer an, in den Hinweise gezeichnet werden: Punkte, Linien oder Polygone, die sagen, welche Klasse einer Karte an einzelnen Stellen richtig ist. Sein Formular bietet die Klassen der Karte mit ihren Namen an und ob ein Hinweis sicher oder wahrscheinlich ist; seine Objekte werden in den Farben der Klassen dargestellt. Zeichnen Sie einen Hinweis in jedes falsche Stück der Karte, und geben Sie den Layer in Karte korrigieren oder Klassifizieren und korrigieren als Hinweise an; diese breiten jeden Hinweis bis an die Kanten im Bild aus.</translation>
    </message>
    <message>
        <source>What is drawn. points: one click each, for the pixel under it. lines: all pixels that they touch. polygons: the pixels whose centre is in them.</source>
        <translation>Was gezeichnet wird. points: je ein Klick, für das Pixel darunter. lines: alle Pixel, die sie berühren. polygons: die Pixel, deren Mittelpunkt in ihnen liegt.</translation>
    </message>
    <message>
        <source>The new layer, a GeoPackage, in the map&apos;s coordinate reference system, with the fields class (the class value) and trust. The file keeps its form and colours. An existing file is never overwritten.</source>
        <translation>Der neue Layer, ein GeoPackage, im Koordinatenbezugssystem der Karte, mit den Feldern class (dem Klassenwert) und trust. Die Datei behält ihr Formular und ihre Farben. Eine vorhandene Datei wird nie überschrieben.</translation>
    </message>
    <message>
        <source>Field with the trust in a hint (empty: the one called trust)</source>
        <translation>Feld mit dem Vertrauen in einen Hinweis (leer: das namens trust)</translation>
    </message>
    <message>
        <source>The field with the trust in each hint: certain or 1, likely or 0.5. Empty: the field called trust, if there is one and it holds nothing else, as in the layers of New hint layer. Where no field says it, the trust above counts.</source>
        <translation>Das Feld mit dem Vertrauen in jeden Hinweis: certain oder 1, likely oder 0.5. Leer: das Feld namens trust, wenn es eines gibt und darin nichts anderes steht, wie in den Layern von „Neuer Layer für Hinweise“. Wo kein Feld es sagt, gilt das Vertrauen oben.</translation>
    </message>
</context>
</TS>
